package io.governor.hooks.daemon;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.CodeSource;
import org.jspecify.annotations.Nullable;

/**
 * Which build is running: its version, and the size and time of the jar it came from, which differ
 * where the version does not. Immutable.
 */
final class BuildId {

  private final String text;
  private final @Nullable Path jar;
  private final String fingerprint;

  private BuildId(String version, @Nullable Path jar) {
    this.jar = jar;
    this.fingerprint = fingerprint(jar);
    this.text = version + fingerprint;
  }

  /** This build, of that version. */
  static BuildId of(String version) {
    return of(version, ownJar());
  }

  static BuildId of(String version, @Nullable Path jar) {
    return new BuildId(version, jar);
  }

  /** Whether the jar is no longer the one this process was started from. */
  boolean isReplaced() {
    return !fingerprint.equals(fingerprint(jar));
  }

  private static @Nullable Path ownJar() {
    CodeSource source = BuildId.class.getProtectionDomain().getCodeSource();
    try {
      Path path = source == null ? null : Path.of(source.getLocation().toURI());
      return path != null && Files.isRegularFile(path) ? path : null;
    } catch (URISyntaxException | IllegalArgumentException e) {
      return null;
    }
  }

  private static String fingerprint(@Nullable Path jar) {
    if (jar == null) {
      return "";
    }
    try {
      BasicFileAttributes attributes = Files.readAttributes(jar, BasicFileAttributes.class);
      return "+"
          + Long.toHexString(attributes.size())
          + "."
          + Long.toHexString(attributes.lastModifiedTime().toMillis());
    } catch (IOException e) {
      return "+gone";
    }
  }

  @Override
  public String toString() {
    return text;
  }
}
