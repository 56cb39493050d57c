package io.governor.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.governor.analysis.RawView.Line;
import io.governor.analysis.RawView.Mark;
import io.governor.event.EventDecoder;
import io.governor.event.TraceEvent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RawViewTest {

  @Test
  void aSessionIsShownEventByEventAndSummedUp() throws Exception {
    List<TraceEvent> events =
        events(
            head(1, "AGENT_REGISTERED", "REGISTRATION")
                + "\"payload\": {\"agent_id\": \"a\", \"agent_version\": \"1.0\"}}",
            head(2, "INTENT_DECLARED", "INTENT")
                + "\"payload\": {\"stated_objective\": \"Tidy up\", \"intent_source\":"
                + " \"explicit\"}}",
            head(3, "SCOPE_ASSERTED", "SCOPE")
                + "\"advisory_flags\": [\"SCOPE_INTENT_MISMATCH\"], \"policy_violations\":"
                + " [\"POL-001\", \"ACME-101\"], \"simulated_consequence\": \"It would.\","
                + " \"payload\": {\"tool_id\": \"fs.rm\", \"operation_type\": \"DELETE\","
                + " \"target_system\": \"fs\"}}",
            head(4, "CONTEXT_SNAPSHOT", "CONTEXT")
                + "\"payload\": {\"data_classifications\": [\"pii\", \"internal\"],"
                + " \"classification_source\": \"vendor\", \"context_size_tokens\": 12}}",
            head(5, "MEMORY_WRITE_ATTEMPT", "MEMORY")
                + "\"policy_violations\": [\"POL-004\"], \"payload\": {\"write_type\":"
                + " \"explicit_persist\", \"target_store\": \"db\", \"write_classification\":"
                + " \"pii\"}}",
            head(6, "SCOPE_ASSERTED", "SCOPE")
                + "\"advisory_flags\": [\"SCOPE_OPERATION_UNEXPECTED\", \"INTENT_MISSING\"],"
                + " \"policy_violations\": [\"POL-001\"], \"payload\": {\"tool_id\": \"x\"}}",
            head(7, "GOVERNANCE_ERROR", "SYSTEM")
                + "\"payload\": {\"error_type\": \"TIMEOUT\", \"severity\": \"warning\","
                + " \"failure_reason\": \"too slow\"}}",
            head(8, "LATER", "NEW") + "\"payload\": {}}");

    assertThat(text(RawView.of(events)))
        .isEqualTo(
            """
            SESSION: s | Agent: a | 2026-01-02T03:04:05.678Z

            [1] REGISTRATION          ✓  Agent a (1.0)
            [2] INTENT                ✓  Objective: 'Tidy up'  source=explicit
            [3] SCOPE                 ⚠  DELETE fs.rm → fs
                Policy violation: POL-001, ACME-101
                Consequence: It would.
                → Fix: Ensure scope matches declared intent (POL-001)
            [4] CONTEXT               ✓  classifications=[pii, internal]  source=vendor  tokens=12
            [5] MEMORY                ⚠  explicit_persist → db  classification=pii  retention=null
                Policy violation: POL-004
            [6] SCOPE                 ⚠  ? x → ?
                Policy violation: POL-001
                → Fix: Declare intent before executing mutating operations (POL-001)
            [7] SYSTEM                ✓  TIMEOUT  severity=warning  too slow
            [8] NEW                   ✓  LATER

            ────────────────────────────────────────────────────────────
            SESSION SUMMARY — s

            Agent: a | Topology: vendor_managed

            Events intercepted:    8
            Policy violations:     4  (ACME-101, POL-001, POL-004)
            Actions that would have been blocked:    2
            Memory writes that would have been rejected:    1
            Intent signal quality: EXPLICIT — given by the integrating code

            → Declare intent before executing mutating operations (POL-001)
            → Memory writes must include classification and retention policy (POL-004)
            """);
  }

  @Test
  void everyLineSaysWhatItIs() throws Exception {
    List<Line> lines =
        RawView.of(
            events(
                head(1, "AGENT_REGISTERED", "REGISTRATION") + "\"payload\": {}}",
                head(2, "AGENT_REGISTERED", "REGISTRATION")
                    + "\"advisory_flags\": [\"AGENT_UNREGISTERED\"], \"policy_violations\":"
                    + " [\"POL-002\"], \"simulated_consequence\": \"C\", \"payload\": {}}"));

    assertThat(lines)
        .filteredOn(line -> !line.text().isEmpty())
        .extracting(Line::mark)
        .containsExactly(
            Mark.HEADER,
            Mark.EVENT,
            Mark.MARKED_EVENT,
            Mark.VIOLATION,
            Mark.CONSEQUENCE,
            Mark.FIX,
            Mark.RULE,
            Mark.HEADER,
            Mark.PLAIN,
            Mark.PLAIN,
            Mark.PLAIN,
            Mark.PLAIN,
            Mark.PLAIN,
            Mark.PLAIN,
            Mark.FIX);
  }

  @Test
  void repeatedAndMissingSequenceNumbersAreMarked() throws Exception {
    List<TraceEvent> events = new ArrayList<>();
    for (long sequence : new long[] {1, 2, 2, 4, 3, 5, 0, 6}) {
      events.addAll(events(head(sequence, "X", "NEW") + "\"payload\": {}}"));
    }

    List<String> marked =
        RawView.of(events).stream()
            .map(Line::text)
            .filter(line -> line.endsWith(" [SEQUENCE ANOMALY]"))
            .map(line -> line.substring(0, line.indexOf(' ')))
            .toList();

    assertThat(marked).containsExactly("[2]", "[4]", "[3]", "[?]");
  }

  @Test
  void aSecondRecordOfOneSessionBeginsAgainAtOne() throws Exception {
    List<TraceEvent> events = new ArrayList<>();
    for (int record = 0; record < 3; record++) {
      events.addAll(events(head(1, "AGENT_REGISTERED", "REGISTER") + "\"payload\": {}}"));
      events.addAll(events(head(2, "X", "NEW") + "\"payload\": {}}"));
    }
    events.addAll(events(head(4, "X", "NEW") + "\"payload\": {}}"));

    assertThat(RawView.of(events).stream().map(Line::text))
        .filteredOn(line -> line.endsWith(" [SEQUENCE ANOMALY]"))
        .singleElement()
        .asString()
        .startsWith("[4]");
  }

  @Test
  void aMemoryWriteThatSaysEverythingGetsNoAdvice() throws Exception {
    String write = "\"payload\": {}, \"advisory_flags\": [\"MEMORY_WRITE_CANDIDATE\"]";
    List<TraceEvent> said = events(head(1, "MEMORY_WRITE_ATTEMPT", "WRITE") + write + "}");
    List<TraceEvent> unsaid =
        events(
            head(1, "MEMORY_WRITE_ATTEMPT", "WRITE")
                + write
                + ", \"policy_violations\": [\"POL-004\"]}");

    assertThat(RawView.of(said)).extracting(Line::mark).doesNotContain(Mark.FIX);
    assertThat(RawView.of(unsaid)).extracting(Line::text).anyMatch(line -> line.contains("→ Fix:"));
  }

  @Test
  void whatATraceBringsAlongCannotSteerATerminal() throws Exception {
    List<TraceEvent> events =
        events(
            "{\"event_type\": \"SCOPE_ASSERTED\", \"session_id\": \"s\\u001b[2J\","
                + " \"agent_id\": \"a\\nb\", \"policy_violations\": [\"POL\\r-001\"],"
                + " \"simulated_consequence\": \"c\\u0007\", \"payload\": {\"tool_id\":"
                + " \"x\\u202ey\\u009bz\\ud800\", \"target_system\": \"\\u2028é😀\"}}");

    String text = text(RawView.of(events));

    assertThat(text)
        .contains("SESSION: s\\u001b[2J | Agent: a\\u000ab | no time")
        .contains("? x\\u202ey\\u009bz\\ud800 → \\u2028é😀")
        .contains("Policy violation: POL\\u000d-001")
        .contains("Consequence: c\\u0007");
    assertThat(text.chars().filter(Character::isISOControl)).containsOnly((int) '\n');
  }

  @Test
  void theIntentIsThatOfTheLastDeclaration() {
    Session session = new Session().intent(null, "none").intent("o", "inferred");

    assertThat(text(RawView.of(session.events())))
        .contains("Intent signal quality: INFERRED — ")
        .contains("No policy violations.");
    assertThat(text(RawView.of(session.intent("o", "guessed").events())))
        .contains("Intent signal quality: UNKNOWN — guessed");
    assertThat(text(RawView.of(new Session().call("x").events())))
        .contains("Intent signal quality: MISSING — ");
  }

  @Test
  void noEventsNoLines() {
    assertThat(RawView.of(List.of())).isEmpty();
  }

  private static String head(long sequence, String type, String primitive) {
    return "{\"event_type\": \"%s\", \"session_id\": \"s\", \"agent_id\": \"a\", \"primitive\": \"%s\","
            .formatted(type, primitive)
        + " \"event_sequence_number\": %d, \"deployment_mode\": \"vendor_managed\","
            .formatted(sequence)
        + " \"timestamp_utc\": \"2026-01-02T03:04:05.678999Z\", ";
  }

  private static List<TraceEvent> events(String... lines) throws Exception {
    List<TraceEvent> events = new ArrayList<>();
    for (String line : lines) {
      events.add(EventDecoder.decode(line.getBytes(StandardCharsets.UTF_8)));
    }
    return events;
  }

  static String text(List<Line> lines) {
    StringBuilder text = new StringBuilder();
    lines.forEach(line -> text.append(line.text()).append('\n'));
    return text.toString();
  }
}
