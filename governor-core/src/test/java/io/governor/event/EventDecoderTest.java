package io.governor.event;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.governor.event.EventPayload.ContextSnapshot;
import io.governor.event.EventPayload.ScopeAsserted;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

class EventDecoderTest {

  /** Lines that are no events; {@code \xHH} in the table is a byte. */
  @ParameterizedTest(name = "{1}")
  @CsvFileSource(resources = "malformed-lines.csv", delimiter = '|', quoteCharacter = '`')
  void aMalformedLineIsRefusedWithItsReason(String line, String reason) {
    byte[] bytes = bytes(line);

    assertThatThrownBy(() -> EventDecoder.decode(bytes))
        .isInstanceOf(MalformedEventException.class)
        .hasMessage(reason);
    assertThatThrownBy(() -> EventDecoder.head(bytes, 0, bytes.length))
        .isInstanceOf(MalformedEventException.class)
        .hasMessage(reason);
  }

  @Test
  void aHundredLevelsAreRead() throws Exception {
    assertThat(EventDecoder.decode(nested(100)).type().name()).isEqualTo("X");
  }

  @Test
  void aHundredAndOneLevelsAreMalformed() {
    assertThatThrownBy(() -> EventDecoder.decode(nested(101))).hasMessage("deeper than 100 levels");
    assertThatThrownBy(() -> EventDecoder.decode(nested(1_000_000)))
        .hasMessage("deeper than 100 levels");
  }

  @Test
  void sixteenMebibytesAreReadAndOneByteMoreIsMalformed() throws Exception {
    assertThat(EventDecoder.decode(ofLength(16 << 20)).eventId()).isEqualTo("e");
    assertThatThrownBy(() -> EventDecoder.decode(ofLength((16 << 20) + 1)))
        .hasMessage("longer than 16 MiB");
  }

  @Test
  void numbersOfAnyLengthInUnknownMembersAreJson() throws Exception {
    String line = "{\"event_type\": \"X\", \"n\": " + "9".repeat(5_000_000) + "e999999999}";

    assertThat(EventDecoder.decode(line.getBytes(UTF_8)).type().name()).isEqualTo("X");
  }

  @Test
  void aPartOfALargerBufferIsReadAlone() throws Exception {
    byte[] buffer = "junk{\"event_type\": \"X\"}junk".getBytes(UTF_8);

    assertThat(EventDecoder.decode(buffer, 4, buffer.length - 8).type().name()).isEqualTo("X");
  }

  @Test
  void missingMembersAreAbsent() throws Exception {
    TraceEvent event = EventDecoder.decode(bytes("{\"event_type\": \"SCOPE_ASSERTED\"}"));

    assertThat(event)
        .isEqualTo(
            new TraceEvent(
                "",
                "",
                0,
                null,
                "",
                "",
                null,
                new ScopeAsserted("", List.of(), "", "", null, null),
                List.of(),
                List.of(),
                null,
                true,
                null,
                null));
  }

  @Test
  void membersOfTheWrongTypeAreAbsent() throws Exception {
    TraceEvent event =
        EventDecoder.decode(
            bytes(
                "{\"event_type\": \"SCOPE_ASSERTED\", \"event_id\": 1, \"session_id\": [\"s\"],"
                    + " \"event_sequence_number\": \"3\", \"previous_event_id\": {\"a\": 1},"
                    + " \"agent_id\": true, \"deployment_mode\": null, \"timestamp_utc\": 1767322800,"
                    + " \"payload\": [\"p\"], \"advisory_flags\": \"INTENT_MISSING\","
                    + " \"policy_violations\": {\"POL-001\": 1}, \"simulated_consequence\": 0,"
                    + " \"pass_through\": \"false\", \"profile_fingerprint\": [], \"governor\": 1}"));

    assertThat(event).isEqualTo(EventDecoder.decode(bytes("{\"event_type\": \"SCOPE_ASSERTED\"}")));
  }

  @Test
  void listsKeepTheirStringsAndIdsCountOnce() throws Exception {
    TraceEvent event =
        EventDecoder.decode(
            bytes(
                "{\"event_type\": \"X\", \"policy_violations\": [\"POL-001\", 1, null,"
                    + " [\"POL-002\"], {\"a\": \"POL-003\"}, \"ACME-101\", \"POL-001\"],"
                    + " \"advisory_flags\": [\"LATER\", false, \"LATER\"]}"));

    assertThat(event.violations()).containsExactly("POL-001", "ACME-101");
    assertThat(event.flags()).containsExactly(new AdvisoryFlag("LATER"));
  }

  @Test
  void wordsOfLaterVersionsAreKept() throws Exception {
    TraceEvent later =
        EventDecoder.decode(
            bytes(
                "{\"event_type\": \"RESULT_JUDGED\", \"primitive\": \"RESULT\", \"payload\": 1}"));
    TraceEvent snapshot =
        EventDecoder.decode(
            bytes(
                "{\"event_type\": \"CONTEXT_SNAPSHOT\", \"deployment_mode\": \"edge\", \"payload\":"
                    + " {\"classification_source\": \"inferred\"}}"));

    assertThat(later.payload())
        .isEqualTo(new EventPayload.Unknown(new EventType("RESULT_JUDGED"), "RESULT"));
    assertThat(snapshot.deploymentMode()).isEqualTo("edge");
    assertThat(((ContextSnapshot) snapshot.payload()).classificationSource()).isEqualTo("inferred");
  }

  @Test
  void aNameTwiceInsideThePayloadOrAnUnknownNameTwiceIsNoReasonToRefuse() throws Exception {
    TraceEvent event =
        EventDecoder.decode(
            bytes(
                "{\"event_type\": \"SCOPE_ASSERTED\", \"later\": 1, \"later\": 2, \"payload\":"
                    + " {\"tool_id\": \"first\", \"tool_id\": \"last\","
                    + " \"target_system\": \"crm\", \"target_system\": 1}}"));

    assertThat(event.payload()).isEqualTo(new ScopeAsserted("last", List.of(), "", "", null, null));
  }

  @ParameterizedTest
  @CsvFileSource(resources = "usage-values.csv", delimiter = '|', quoteCharacter = '`')
  void usageIsAnIntegerInAnyDressOrAbsent(String written, Long tokens) throws Exception {
    TraceEvent event =
        EventDecoder.decode(
            bytes(
                "{\"event_type\": \"CONTEXT_SNAPSHOT\", \"payload\": {\"llm_turn_id\": \"t\","
                    + " \"llm_prompt_tokens\": "
                    + written
                    + "}}"));

    assertThat(((ContextSnapshot) event.payload()).usage().promptTokens()).isEqualTo(tokens);
  }

  @Test
  void defectiveEntriesOfTheGovernorMemberDoNotSpoilTheRest() throws Exception {
    TraceEvent event =
        EventDecoder.decode(
            bytes(
                "{\"event_type\": \"X\", \"governor\": {\"origin\": \"hook\", \"later\": [1],"
                    + " \"rules\": [1, {\"id\": \"ACME-101\", \"effect\": \"deny\", \"mode\":"
                    + " \"enforce\"}], \"lost\": {\"io\": 2, \"closed\": \"1\", \"x\": -1},"
                    + " \"latency_us\": 1.5}}"));

    assertThat(event.governor().rules())
        .containsExactly(new GovernorMember.RuleEntry("ACME-101", "deny", "enforce"));
    assertThat(event.governor().lost()).hasToString("{io=2}");
    assertThat(event.governor().latencyMicros()).isNull();
  }

  private static byte[] nested(int levels) {
    String inner = "[".repeat(levels - 1) + "]".repeat(levels - 1);
    return bytes("{\"event_type\": \"X\", \"later\": " + inner + "}");
  }

  private static byte[] ofLength(int length) {
    String head = "{\"event_type\": \"X\", \"event_id\": \"e\", \"pad\": \"";
    return bytes(head + "x".repeat(length - head.length() - 2) + "\"}");
  }

  /** The UTF-8 bytes of the text, where {@code \xHH} stands for a byte as it is. */
  private static byte[] bytes(String text) {
    String latin = new String(text.getBytes(UTF_8), ISO_8859_1);
    StringBuilder bytes = new StringBuilder();
    for (int i = 0; i < latin.length(); i++) {
      if (latin.startsWith("\\x", i)) {
        bytes.append((char) Integer.parseInt(latin.substring(i + 2, i + 4), 16));
        i += 3;
      } else {
        bytes.append(latin.charAt(i));
      }
    }
    return bytes.toString().getBytes(ISO_8859_1);
  }
}
