package io.governor.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.governor.event.EventEncoder;
import io.governor.event.EventPayload.ScopeAsserted;
import io.governor.event.TraceEvent;
import io.governor.json.JsonWriter;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SmallHeapTest {

  private static final int EVENTS = 1_000_000;
  private static final int SESSIONS = 100;
  private static final int BYTES = 800;

  @Test
  void a_million_events_with_violations_are_counted_in_64_megabytes(@TempDir Path folder)
      throws Exception {
    Path file = folder.resolve("t.jsonl");
    write(file);
    assertThat(Files.size(file)).isEqualTo((long) EVENTS * (BYTES + 1));

    ForkedJava.Result result = ForkedJava.run(List.of("-Xmx64m"), CountMain.class, file.toString());

    System.err.println("a million events: " + result.output());
    assertThat(result.exitCode()).as(result.output()).isZero();
    assertThat(result.output())
        .startsWith(
            "{POL-001=1000000, POL-002=0, POL-003=500000, POL-004=0, POL-005=0}"
                + " events=1000000 duplicates=0");
    withoutRoomForATemporaryFileNothingIsCounted(folder.resolve("missing"), file);
  }

  private static void withoutRoomForATemporaryFileNothingIsCounted(Path missing, Path file)
      throws Exception {
    ForkedJava.Result result =
        ForkedJava.run(
            List.of("-Xmx64m", "-Djava.io.tmpdir=" + missing), CountMain.class, file.toString());

    assertThat(result.exitCode()).isNotZero();
    assertThat(result.output())
        .contains(
            "SyncException: "
                + missing
                + ": cannot make a temporary file for the events of this count: no such file or"
                + " directory; expected room there, or another java.io.tmpdir")
        .doesNotContain("POL-001");
  }

  private static void write(Path file) throws IOException {
    JsonWriter line = new JsonWriter(2 * BYTES);
    String padding = "x".repeat(BYTES - encode(event(0, ""), line).length());
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20)) {
      for (int i = 0; i < EVENTS; i++) {
        // The second violation takes room from the padding: every line has the same length.
        String target = i % 2 == 0 ? padding : padding.substring(", \"POL-003\"".length());
        encode(event(i, target), line);
        out.write(line.buffer(), 0, line.length());
        out.write('\n');
      }
    }
  }

  private static JsonWriter encode(TraceEvent event, JsonWriter out) {
    EventEncoder.encode(event, out.truncate(0));
    return out;
  }

  private static TraceEvent event(int number, String target) {
    return new TraceEvent(
        new UUID(0x4000L, number).toString(),
        new UUID(0x4001L, number % SESSIONS).toString(),
        1_000_000 + number,
        new UUID(0x4000L, number - 1).toString(),
        "agent",
        "vendor_managed",
        Instant.ofEpochMilli(1_776_000_000_000L + number),
        new ScopeAsserted("mail.send", List.of("write"), target, "WRITE", "call", null),
        List.of(),
        number % 2 == 0 ? List.of("POL-001") : List.of("POL-001", "POL-003"),
        null,
        true,
        null,
        null);
  }
}
