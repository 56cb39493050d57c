package io.governor.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.governor.trace.TraceSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Counting agrees with a naive count that shares no code with it, on lines good and bad. */
class CountingDifferentialTest {

  private static final int LINES = 50_000;
  private static final String[] RULES = {
    "\"POL-001\"",
    "\"POL-002\"",
    "\"POL-003\"",
    "\"POL-004\"",
    "\"POL-005\"",
    "\"ACME-101\"",
    "\"pol-001\"",
    "\"POL\\u002d001\"",
    "\"\"",
    "7",
    "null",
    "[\"POL-002\"]",
    "{\"POL-003\": 1}"
  };
  private static final String[] OTHER = {
    "",
    "  \t",
    "null",
    "17",
    "\"text\"",
    "[]",
    "{}",
    "true",
    "{\"event_type\": null}",
    "{\"event_type\": \"X\", \"session_id\": \"a\", \"session_id\": \"b\"}",
    "{\"event_type\": \"X\"} {}",
    "{'event_type': 'X'}",
    "{\"event_type\": \"X\",}",
    "\ufeff{}"
  };
  private static final TimeWindow WINDOW =
      new TimeWindow(Instant.parse("2026-04-14T00:00:10Z"), Instant.parse("2026-04-14T00:00:50Z"));

  private final SplittableRandom random = Seeds.random();

  @Test
  void both_counts_agree_in_every_number(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("t.jsonl");
    Files.write(file, lines());

    NaiveCount naive = NaiveCount.of(file, WINDOW);
    CountReport report =
        TraceCounter.ofStandardRules().within(WINDOW).count(List.of(TraceSource.of(file)));

    assertThat(report.counts().byRule()).isEqualTo(naive.counts);
    assertThat(report.events()).isEqualTo(naive.events);
    assertThat(report.malformed()).isEqualTo(naive.malformed);
    assertThat(report.duplicates()).isEqualTo(naive.duplicates);
    assertThat(report.unidentified()).isEqualTo(naive.unidentified);
    assertThat(report.unpublished()).isEqualTo(naive.unpublished);
    assertThat(report.withoutTime()).isEqualTo(naive.withoutTime);
    assertThat(report.outsideWindow()).isEqualTo(naive.outsideWindow);
    assertThat(report.torn()).isZero();
    // The comparison says something only where there is something of each kind.
    assertThat(report.counts().byRule().values()).allMatch(count -> count > 1_000);
    assertThat(List.of(naive.malformed, naive.duplicates, naive.unidentified, naive.unpublished))
        .allMatch(count -> count > 100);
  }

  private byte[] lines() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int i = 0; i < LINES; i++) {
      byte[] line = event(i).getBytes(StandardCharsets.UTF_8);
      out.write(random.nextInt(20) == 0 ? damaged(line) : line);
      out.write((random.nextInt(10) == 0 ? "\r\n" : "\n").getBytes(StandardCharsets.UTF_8));
    }
    return out.toByteArray();
  }

  /** Loses its end, changes a byte, or is something else altogether. */
  private byte[] damaged(byte[] line) {
    return switch (random.nextInt(4)) {
      case 0 -> Arrays.copyOf(line, random.nextInt(line.length));
      case 1 -> {
        byte[] changed = line.clone();
        changed[random.nextInt(line.length)] = (byte) (random.nextBoolean() ? 0xff : ' ');
        yield changed;
      }
      case 2 -> {
        String nested = "[".repeat(150) + "]".repeat(150);
        yield ("{\"event_type\": \"X\", \"payload\": " + nested + "}")
            .getBytes(StandardCharsets.UTF_8);
      }
      default -> OTHER[random.nextInt(OTHER.length)].getBytes(StandardCharsets.UTF_8);
    };
  }

  private String event(int number) {
    StringBuilder event = new StringBuilder("{\"event_type\": \"SCOPE_ASSERTED\"");
    if (random.nextInt(30) != 0) {
      // Some ids come again, some are of the wrong type.
      int id = random.nextInt(4) == 0 ? random.nextInt(number + 1) : number;
      event.append(", \"event_id\": ");
      event.append(random.nextInt(30) == 0 ? String.valueOf(id) : "\"e" + id + "\"");
    }
    if (random.nextInt(30) != 0) {
      event.append(", \"session_id\": \"s\u00e9ssion").append(random.nextInt(2)).append('"');
    }
    event.append(timestamp());
    event.append(", \"payload\": {\"tool_id\": \"t\", \"policy_violations\": [\"POL-001\"]}");
    if (random.nextInt(20) != 0) {
      event.append(", \"policy_violations\": ");
      event.append(random.nextInt(30) == 0 ? "\"POL-001\"" : violations());
    }
    return event.append(", \"later\": {\"a\": [1, 2.5e300, \"\\ud800\"]}}").toString();
  }

  private String timestamp() {
    String second = "\"2026-04-14T00:%02d:%02d".formatted(0, random.nextInt(60));
    return switch (random.nextInt(12)) {
      case 0 -> "";
      case 1 -> ", \"timestamp_utc\": \"not a time\"";
      case 2 -> ", \"timestamp_utc\": 1776000000";
      case 3 -> ", \"timestamp_utc\": " + second.replace("T00", "T02") + "+02:00\"";
      case 4 -> ", \"timestamp_utc\": " + second + ".123456Z\"";
      case 5 -> ", \"timestamp_utc\": " + second + "Z\"";
      default -> ", \"timestamp_utc\": " + second + "." + random.nextInt(100, 1000) + "Z\"";
    };
  }

  private String violations() {
    StringBuilder list = new StringBuilder("[");
    for (int i = random.nextInt(4); i > 0; i--) {
      list.append(RULES[random.nextInt(RULES.length)]).append(i > 1 ? ", " : "");
    }
    return list.append(']').toString();
  }
}
