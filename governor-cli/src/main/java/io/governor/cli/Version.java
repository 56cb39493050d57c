package io.governor.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** What is running. */
final class Version {

  private Version() {}

  /** The version of Governor. */
  static String governor() {
    try (InputStream in = Version.class.getResourceAsStream("version.properties")) {
      Properties properties = new Properties();
      if (in != null) {
        properties.load(in);
      }
      return properties.getProperty("version", "unknown");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The version of Java. */
  static String java() {
    return Runtime.version().feature()
        + " ("
        + System.getProperty("java.version", "unknown")
        + ", "
        + System.getProperty("java.vendor", "unknown vendor")
        + ")";
  }

  /** The operating system. */
  static String system() {
    return System.getProperty("os.name", "unknown") + " " + System.getProperty("os.arch", "");
  }
}
