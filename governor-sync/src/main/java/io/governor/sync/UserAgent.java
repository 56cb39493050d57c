package io.governor.sync;

import java.util.Locale;

/**
 * What this software calls itself to a server: {@code governor-sync/<version> java-<feature> <os>},
 * where the system is {@code linux}, {@code mac}, {@code windows} or {@code other}, and nothing
 * finer. The same for every request of a version on a Java. Stateless.
 */
public final class UserAgent {

  private UserAgent() {}

  /** What this process calls itself. */
  public static String current() {
    return of(
        RuntimeVersion.current(), Runtime.version().feature(), System.getProperty("os.name", ""));
  }

  static String of(String version, int feature, String osName) {
    return "governor-sync/" + version + " java-" + feature + " " + system(osName);
  }

  private static String system(String osName) {
    String name = osName.toLowerCase(Locale.ROOT);
    if (name.startsWith("linux")) {
      return "linux";
    }
    if (name.startsWith("mac")) {
      return "mac";
    }
    return name.startsWith("windows") ? "windows" : "other";
  }
}
