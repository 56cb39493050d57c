package io.governor.sync;

import io.governor.event.EventEncoder;
import io.governor.event.EventPayload.ScopeAsserted;
import io.governor.event.TraceEvent;
import io.governor.json.JsonWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** Events and the files they stand in, written by the real encoder. */
public final class Events {

  public static final Instant NOON = Instant.parse("2026-04-14T12:00:00Z");

  private Events() {}

  public static TraceEvent event(String session, String id, Instant time, String... violations) {
    return new TraceEvent(
        id,
        session,
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
        null);
  }

  /** An event of session {@code s} at noon. */
  public static String line(String id, String... violations) {
    return line(event("s", id, NOON, violations));
  }

  public static String line(TraceEvent event) {
    JsonWriter out = new JsonWriter(512);
    EventEncoder.encode(event, out);
    return new String(out.toByteArray(), StandardCharsets.US_ASCII);
  }

  public static Path trace(Path file, String... lines) {
    return trace(file, List.of(lines));
  }

  public static Path trace(Path file, List<String> lines) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      return Files.write(file, lines, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
