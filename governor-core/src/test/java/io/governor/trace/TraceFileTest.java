package io.governor.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.governor.Origin;
import io.governor.event.EventPayload.IntentDeclared;
import io.governor.event.GovernorMember;
import io.governor.event.RandomEvents;
import io.governor.event.TraceEvent;
import io.governor.json.JsonWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TraceFileTest {

  private @TempDir Path directory;
  private Path path;

  @BeforeEach
  void nameTheFile() {
    path = directory.resolve("session.jsonl");
  }

  @Test
  void eachLineIsSealedOnTopOfTheOneBefore() throws IOException {
    try (TraceFile file = new TraceFile(path, true, ChainHead.START, Flusher.NEVER, null)) {
      for (int i = 1; i <= 5; i++) {
        file.append(event(i, "an objective"));
      }

      assertThat(file.head().lines()).isEqualTo(5);
    }
    assertThat(Files.readString(path)).isEqualTo(sealedOneByOne(5));
  }

  @Test
  void anEventTooLargeForALineIsRefusedAndTheChainGoesOnWithoutIt() throws IOException {
    try (TraceFile file = new TraceFile(path, true, ChainHead.START, Flusher.NEVER, null)) {
      file.append(event(1, "an objective"));

      assertThatThrownBy(() -> file.append(event(2, "x".repeat(TraceFile.LONGEST_LINE))))
          .isInstanceOf(IOException.class)
          .hasMessage("the event is too large for a trace line");

      file.append(event(2, "an objective"));
    }
    assertThat(Files.readString(path)).isEqualTo(sealedOneByOne(2));
  }

  @Test
  void aLineThatCouldNotBeEncodedLeavesNothingBehind() throws IOException {
    try (TraceFile file = new TraceFile(path, true, ChainHead.START, Flusher.NEVER, null)) {
      file.append(event(1, "an objective"));

      assertThatThrownBy(() -> file.append(withoutGovernor(event(2, "an objective"))))
          .isInstanceOf(IllegalArgumentException.class);

      file.append(event(2, "an objective"));
    }
    assertThat(Files.readString(path)).isEqualTo(sealedOneByOne(2));
  }

  private static String sealedOneByOne(int count) {
    StringBuilder lines = new StringBuilder();
    byte[] prev = HashChain.start();
    for (int i = 1; i <= count; i++) {
      JsonWriter line = new JsonWriter(16).raw(RandomEvents.line(event(i, "an objective")));
      prev = HashChain.seal(line, 0, prev);
      lines.append(new String(line.toByteArray(), java.nio.charset.StandardCharsets.US_ASCII));
      lines.append('\n');
    }
    return lines.toString();
  }

  static TraceEvent event(int sequence, String objective) {
    return new TraceEvent(
        "event-" + sequence,
        "session",
        sequence,
        sequence == 1 ? null : "event-" + (sequence - 1),
        "bot",
        "local",
        Instant.parse("2026-01-01T00:00:00Z"),
        new IntentDeclared(objective, "explicit", "high", null, List.of("crm")),
        List.of(),
        List.of(),
        null,
        true,
        null,
        GovernorMember.of(Origin.API, null));
  }

  private static TraceEvent withoutGovernor(TraceEvent event) {
    return new TraceEvent(
        event.eventId(),
        event.sessionId(),
        event.sequence(),
        event.previousEventId(),
        event.agentId(),
        event.deploymentMode(),
        event.timestamp(),
        event.payload(),
        event.flags(),
        event.violations(),
        event.consequence(),
        event.passThrough(),
        event.profileFingerprint(),
        null);
  }
}
