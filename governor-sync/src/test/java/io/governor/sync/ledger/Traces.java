package io.governor.sync.ledger;

import io.governor.event.EventEncoder;
import io.governor.event.EventPayload.ScopeAsserted;
import io.governor.event.TraceEvent;
import io.governor.json.JsonWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;

/** Events as lines, and files they stand in. */
final class Traces {

  static final Instant NOON = Instant.parse("2026-04-14T12:00:00Z");

  private Traces() {}

  /** With its line end. */
  static String line(String id, Instant time, String... violations) {
    JsonWriter out = new JsonWriter(512);
    EventEncoder.encode(
        new TraceEvent(
            id,
            "s",
            1,
            null,
            "agent",
            "vendor_managed",
            time,
            new ScopeAsserted("mail.send", List.of("write"), "mail", "WRITE", null, null),
            List.of(),
            List.of(violations),
            null,
            true,
            null,
            null),
        out);
    return new String(out.toByteArray(), StandardCharsets.US_ASCII) + "\n";
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
