package io.governor.sync.ledger;

import io.governor.sync.Events;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;

/** Events as lines, and files they stand in. */
final class Traces {

  static final Instant NOON = Events.NOON;

  private Traces() {}

  /** With its line end. */
  static String line(String id, Instant time, String... violations) {
    return Events.line(Events.event("s", id, time, violations)) + "\n";
  }

  static String line(String id) {
    return line(id, NOON, "POL-001");
  }

  static Path append(Path file, String... texts) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      return Files.writeString(
          file, String.join("", texts), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
