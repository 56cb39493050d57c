package io.governor.event;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.governor.event.EventPayload.IntentDeclared;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventCodecTest {

  @Test
  void whateverTheEncoderWroteComesBackByteForByte() throws Exception {
    long seed = RandomEvents.seed();
    RandomEvents events = new RandomEvents(new SplittableRandom(seed));

    for (int i = 0; i < 10_000; i++) {
      byte[] line = RandomEvents.line(events.next());

      byte[] again = RandomEvents.line(EventDecoder.decode(line));

      assertThat(new String(again, US_ASCII))
          .as("event %d of seed %d", i, seed)
          .isEqualTo(new String(line, US_ASCII));
    }
  }

  @Test
  void theHeadAgreesWithTheWholeEvent() throws Exception {
    long seed = RandomEvents.seed();
    RandomEvents events = new RandomEvents(new SplittableRandom(seed));

    for (int i = 0; i < 5_000; i++) {
      byte[] line = RandomEvents.line(events.next());
      TraceEvent event = EventDecoder.decode(line);

      EventHead head = EventDecoder.head(line, 0, line.length);

      assertThat(head)
          .as("event %d of seed %d", i, seed)
          .isEqualTo(
              new EventHead(
                  event.type().name(),
                  event.sessionId(),
                  event.eventId(),
                  event.timestamp(),
                  event.violations()));
    }
  }

  /** What stands in the line for a text, by section 1. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "e9           | \\u00e9",
        "7f           | \\u007f",
        "1f           | \\u001f",
        "20           | ` `",
        "7e           | ~",
        "22           | \\\"",
        "5c           | \\\\",
        "2f           | /",
        "8 c a d 9    | \\b\\f\\n\\r\\t",
        "0            | \\u0000",
        "d83d de00    | \\ud83d\\ude00",
        "d800         | \\ud800",
        "de00 d83d    | \\ude00\\ud83d",
        "2028         | \\u2028",
        "ffff         | \\uffff",
      })
  void escapesAreThoseOfTheRecord(String codeUnits, String written) throws Exception {
    StringBuilder text = new StringBuilder();
    for (String unit : codeUnits.split(" ", -1)) {
      text.append((char) Integer.parseInt(unit, 16));
    }

    byte[] line = RandomEvents.line(intent(text.toString()));

    assertThat(new String(line, US_ASCII))
        .contains("\"payload\": {\"stated_objective\": \"" + written + "\", ");
    assertThat(EventDecoder.decode(line)).isEqualTo(intent(text.toString()));
  }

  @Test
  void theSameTextUnescapedIsTheSameEvent() throws Exception {
    String text = "\u00e9 \u007f \ud83d\ude00 /";
    String escaped = new String(RandomEvents.line(intent(text)), US_ASCII);
    String raw =
        escaped.replaceFirst(
            "\"stated_objective\": \"[^\"]*\"", "\"stated_objective\":\"" + text + "\"");

    assertThat(EventDecoder.decode(raw.getBytes(UTF_8))).isEqualTo(intent(text));
  }

  @Test
  void membersInAnyOrderAndAnySpacingAreTheSameEvent() throws Exception {
    byte[] shuffled =
        """
        \t{ "governor":{"chain":{"hash":"h","prev":"p"},"origin":"api"} ,"payload" : {
        "session_scope_hint":["crm.read"], "intent_confidence":"explicit",
        "authorization_claim":null,"intent_source":"explicit","stated_objective":"o" },
        "policy_violations":[], "advisory_flags":[],"agent_id":"a","session_id":"s","event_id":"e",
        "timestamp_utc":"2026-01-02T03:04:05.006Z", "deployment_mode":"vendor_managed",
        "pass_through":true, "event_sequence_number":7,"event_type":"INTENT_DECLARED"}\r
        """
            .getBytes(UTF_8);

    TraceEvent event = EventDecoder.decode(shuffled);

    assertThat(new String(RandomEvents.line(event), US_ASCII))
        .isEqualTo(
            "{\"event_id\": \"e\", \"event_type\": \"INTENT_DECLARED\", \"session_id\": \"s\","
                + " \"event_sequence_number\": 7, \"previous_event_id\": null, \"agent_id\": \"a\","
                + " \"deployment_mode\": \"vendor_managed\","
                + " \"timestamp_utc\": \"2026-01-02T03:04:05.006Z\", \"primitive\": \"INTENT\","
                + " \"payload\": {\"stated_objective\": \"o\", \"intent_source\": \"explicit\","
                + " \"intent_confidence\": \"explicit\", \"authorization_claim\": null,"
                + " \"session_scope_hint\": [\"crm.read\"]}, \"advisory_flags\": [],"
                + " \"policy_violations\": [], \"simulated_consequence\": null,"
                + " \"pass_through\": true, \"governor\": {\"origin\": \"api\","
                + " \"chain\": {\"prev\": \"p\", \"hash\": \"h\"}}}");
  }

  private static TraceEvent intent(String objective) {
    return new TraceEvent(
        "e",
        "s",
        1,
        null,
        "a",
        "vendor_managed",
        Instant.parse("2026-01-02T03:04:05.006Z"),
        new IntentDeclared(objective, "explicit", "explicit", null, List.of()),
        List.of(),
        List.of(),
        null,
        true,
        null,
        null);
  }
}
