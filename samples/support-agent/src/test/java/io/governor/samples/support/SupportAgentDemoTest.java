package io.governor.samples.support;

import static org.assertj.core.api.Assertions.assertThat;

import io.governor.event.TraceEvent;
import io.governor.trace.ReadReport;
import io.governor.trace.TraceDirectory;
import io.governor.trace.TraceReader;
import io.governor.trace.TraceSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demonstration shows what it says it shows. */
class SupportAgentDemoTest {

  @TempDir Path home;

  private String printed = "";

  @BeforeEach
  void run() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new SupportAgentDemo(home, new PrintStream(out, true, StandardCharsets.UTF_8)).run();
    printed = out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void theTranscriptIsTheOneWeExpect() throws IOException {
    String normalised =
        printed
            .replaceAll("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "<session>")
            .replace(home.toString(), "<state root>")
            .replace(System.lineSeparator(), "\n");

    assertThat(normalised).isEqualTo(golden());
  }

  @Test
  void theTranscriptFitsATerminal() {
    assertThat(printed.lines().filter(line -> !line.contains(home.toString())))
        .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
  }

  @Test
  void theFirstRunFiresEveryStandardRuleAndTheSecondNone() throws IOException {
    List<TraceEvent> events = new ArrayList<>();
    ReadReport report =
        TraceReader.read(
            TraceSource.of(TraceDirectory.traces(home)), (event, at) -> events.add(event));

    assertThat(report.malformed()).isZero();
    assertThat(violations(events, false))
        .isEqualTo(Map.of("POL-001", 7, "POL-002", 1, "POL-003", 5, "POL-004", 1, "POL-005", 1));
    assertThat(violations(events, true)).isEmpty();
    assertThat(events).allMatch(TraceEvent::passThrough);
  }

  /** The second run registers its owner; the first registers nothing. */
  private static Map<String, Integer> violations(List<TraceEvent> events, boolean inOrder) {
    List<String> registered =
        events.stream()
            .filter(event -> event.sequence() == 1)
            .filter(event -> event.violations().isEmpty() == inOrder)
            .map(TraceEvent::sessionId)
            .toList();
    assertThat(registered).hasSize(1);
    Map<String, Integer> counts = new TreeMap<>();
    for (TraceEvent event : events) {
      if (registered.contains(event.sessionId())) {
        event.violations().forEach(id -> counts.merge(id, 1, Integer::sum));
      }
    }
    return counts;
  }

  private static String golden() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(SupportAgentDemoTest.class.getResourceAsStream("transcript.txt"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
