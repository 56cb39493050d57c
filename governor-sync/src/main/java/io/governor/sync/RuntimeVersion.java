package io.governor.sync;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * The version of this software, from a resource that the build fills in. A build that does not,
 * such as an editor's own, is {@value #UNKNOWN}.
 */
final class RuntimeVersion {

  static final String UNKNOWN = "development";

  private RuntimeVersion() {}

  static String current() {
    try (InputStream in = RuntimeVersion.class.getResourceAsStream("version.txt")) {
      return in == null ? UNKNOWN : of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("the version cannot be read from the class path", e);
    }
  }

  static String of(String resource) {
    String version = resource.strip();
    return version.isEmpty() || version.startsWith("$") ? UNKNOWN : version;
  }
}
