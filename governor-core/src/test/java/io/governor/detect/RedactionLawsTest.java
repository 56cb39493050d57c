package io.governor.detect;

import static org.assertj.core.api.Assertions.assertThat;

import io.governor.json.JsonProblem;
import io.governor.json.StrictJson;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * The laws of redaction, on texts put together at random from tokens, markers and halves of both.
 */
class RedactionLawsTest {

  private static final int TEXTS = 6_000;

  private static final List<String> PIECES =
      List.of(
          "4111111111111111",
          "4111 1111 1111 1111",
          "jo@acme.com",
          "219-09-9998",
          "DE89370400440532013000",
          "gh" + "p_Made0Up1For2These3Tests4Only5And6Opens",
          "password=hunter2x",
          "\"password\": \"hunter2!x\"",
          "token: Made0Up1For2These3",
          "postgres://app:s3cr3tpw@db",
          "AK" + "IAMADE0UP1FOR2THES",
          "[REDACTED:jwt]",
          "[REDACTED:credit_card]",
          "[REDACTED:x]",
          "[REDACTED:",
          "[REDACTED:jwt",
          "jwt]",
          "]",
          "[REDACTED:jwt:2]",
          ":2]",
          "REDACTED",
          "\"",
          "\\",
          "\\\"",
          "\\\\",
          "\\n",
          "\\u0041",
          "\\u006ao@acme.com",
          "\\u12",
          "\\/",
          "\n",
          "\t",
          "\u0000",
          "é",
          "\ud83d\ude00",
          "\ud83d",
          "{",
          "}",
          "[",
          "]",
          ":",
          ",",
          " ",
          "1",
          "-1.5e3",
          "true",
          "null",
          "x",
          "_",
          "-",
          "@",
          ".",
          "ssn ",
          "219099998",
          "secret",
          "{\"a\":\"",
          "\"}",
          "[\"",
          "\"]",
          "-----BEGIN ",
          "-----BEGIN PRIV"
              + "ATE KEY-----\nMIIMade0Up1For2These3Tests4Only5And6\n-----END PRIVATE KEY-----",
          "aab",
          "ba",
          "ab");

  private static final Detectors ALL =
      Detectors.builtIn()
          .with(new WordDetector("two_letters", "ab"))
          .with(new WordDetector("closing_bracket", "d]"))
          .with(new WordDetector("shouting", "REDACTED"));

  private final SplittableRandom random = Seeds.random();

  @Test
  void redacting_twice_is_redacting_once() {
    for (int i = 0; i < TEXTS; i++) {
      String text = text();
      Set<String> detectors = detectors();

      String once = Redactor.text(text, detectors, ALL);
      String json = Redactor.json(text, detectors, ALL);

      assertThat(Redactor.text(once, detectors, ALL)).as(text).isEqualTo(once);
      assertThat(Redactor.json(json, detectors, ALL)).as(text).isEqualTo(json);
    }
  }

  @Test
  void after_redaction_the_detectors_find_nothing() {
    for (int i = 0; i < TEXTS; i++) {
      String text = text();
      Set<String> detectors = detectors();

      List<Finding> left = ALL.scan(Redactor.text(text, detectors, ALL));

      assertThat(left).as(text).noneMatch(finding -> detectors.contains(finding.detector()));
    }
  }

  @Test
  void a_text_without_findings_is_the_same_text() {
    for (int i = 0; i < TEXTS; i++) {
      String text = text();
      if (ALL.scan(text).isEmpty()) {
        assertThat(Redactor.text(text, ALL.names(), ALL)).isSameAs(text);
      }
    }
  }

  @Test
  void what_is_json_stays_json_and_says_what_the_redacted_tree_says() throws JsonProblem {
    StrictJson.Limits limits = StrictJson.Limits.HOOK;
    for (int i = 0; i < TEXTS; i++) {
      String json = json(3);
      Set<String> detectors = detectors();
      Object tree;
      try {
        tree = StrictJson.parse(json, limits);
      } catch (JsonProblem e) {
        continue;
      }
      if (tree instanceof Number || tree == null || tree instanceof Boolean) {
        continue;
      }

      String redacted = Redactor.json(json, detectors, ALL);
      Object redactedTree = Redactor.value(tree, detectors, ALL);

      assertThat(StrictJson.parse(redacted, limits)).as(json).isEqualTo(redactedTree);
      assertThat(Redactor.json(redacted, detectors, ALL)).as(json).isEqualTo(redacted);
      assertThat(Redactor.value(redactedTree, detectors, ALL)).as(json).isSameAs(redactedTree);
      assertThat(Detections.of(redactedTree, ALL).any(detectors)).as(json).isFalse();
    }
  }

  @Test
  void findings_lie_in_the_text_in_order_and_apart_per_detector() {
    for (int i = 0; i < TEXTS; i++) {
      String text = text();
      List<Finding> found = ALL.scan(text);

      assertThat(found).isSortedAccordingTo((a, b) -> Integer.compare(a.start(), b.start()));
      for (String detector : ALL.names()) {
        int end = 0;
        for (Finding finding : found) {
          if (finding.detector().equals(detector)) {
            assertThat(finding.start()).as(text).isGreaterThanOrEqualTo(end);
            end = finding.end();
          }
        }
        assertThat(end).isLessThanOrEqualTo(text.length());
      }
    }
  }

  private String text() {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(1, 12); i > 0; i--) {
      String piece = PIECES.get(random.nextInt(PIECES.size()));
      boolean cut = random.nextInt(6) == 0;
      text.append(cut ? piece.substring(random.nextInt(piece.length())) : piece);
    }
    return text.toString();
  }

  private String json(int depth) {
    return switch (random.nextInt(depth == 0 ? 2 : 4)) {
      case 0 -> quoted(text());
      case 1 -> List.of("1", "-2.50e1", "true", "null", "4111111111111111").get(random.nextInt(5));
      case 2 -> "[ " + json(depth - 1) + " ,\t" + json(depth - 1) + "]";
      default ->
          "{"
              + quoted(name())
              + " : "
              + json(depth - 1)
              + ", "
              + quoted(name())
              + ":"
              + json(depth - 1)
              + "}";
    };
  }

  private String name() {
    List<String> names = List.of("password", "api_key", "ssn", "a", "passwordjo@acme.com");
    return random.nextBoolean() ? text() : names.get(random.nextInt(names.size()));
  }

  /** Sometimes with more escapes than it needs. */
  private String quoted(String text) {
    StringBuilder out = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c == '"' || c == '\\' || random.nextInt(20) == 0) {
        out.append(String.format("\\u%04x", (int) c));
      } else {
        out.append(c);
      }
    }
    return out.append('"').toString();
  }

  private Set<String> detectors() {
    Set<String> detectors = new HashSet<>(ALL.names());
    if (random.nextBoolean()) {
      detectors.removeIf(name -> random.nextBoolean());
    }
    return detectors;
  }
}
