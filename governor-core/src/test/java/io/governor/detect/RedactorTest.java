package io.governor.detect;

import static org.assertj.core.api.Assertions.assertThat;

import io.governor.json.StrictJson;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Redaction, example by example; its laws are in {@link RedactionLawsTest}. */
class RedactorTest {

  private static final Detectors ALL = Detectors.builtIn();
  private static final Set<String> EVERY = ALL.names();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "jo@acme.com|[REDACTED:email_address]",
        "to jo@acme.com, now|to [REDACTED:email_address], now",
        "nothing here|nothing here",
        "password=hunter2x|password=[REDACTED:assigned_secret]",
        "4111111111111111 jo@acme.com|[REDACTED:credit_card] [REDACTED:email_address]",
        "[REDACTED:jwt] jo@acme.com|[REDACTED:jwt] [REDACTED:email_address]",
        "[REDACTED:jwt|[REDACTED:jwt",
      })
  void text_keeps_all_but_the_findings(String text, String expected) {
    assertThat(Redactor.text(text, EVERY, ALL)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"a\" : \"jo@acme.com\" ,\\t\"n\":1.50e+1}|{\"a\" : \"[REDACTED:email_address]\" ,\\t\"n\":1.50e+1}",
        "[\"x \\u006ao\\u0040acme.com\\n\\/\"]|[\"x [REDACTED:email_address]\\n\\/\"]",
        "[\"\\u0041\\n\\ud83d\\ude00 jo@acme.com \\ud83d\"]|[\"\\u0041\\n\\ud83d\\ude00 [REDACTED:email_address] \\ud83d\"]",
        "\"jo@acme.com\"|\"[REDACTED:email_address]\"",
        "{\"password\":\"hunter2!x\"}|{\"password\":\"[REDACTED:assigned_secret]\"}",
        "{\"password\":[\"hunter2!x\"]}|{\"password\":[\"hunter2!x\"]}",
        "{\"password\":1,\"b\":\"hunter2!x\"}|{\"password\":1,\"b\":\"hunter2!x\"}",
        "{\"jo@acme.com\":1,\"mia@acme.com\":2}|{\"[REDACTED:email_address]\":1,\"[REDACTED:email_address:2]\":2}",
        "{\"k\":\"{\\\"password\\\":\\\"hunter2!x\\\"}\"}|{\"k\":\"{\\\"password\\\":\\\"[REDACTED:assigned_secret]\\\"}\"}",
        "{\"card\":4111111111111111}|{\"card\":4111111111111111}",
        "4111111111111111|[REDACTED:credit_card]",
        "{\"a\":\"jo@acme.com\"|{\"a\":\"[REDACTED:email_address]\"",
        "{}|{}",
        "[]|[]",
      })
  void json_keeps_every_byte_outside_the_findings(String json, String expected) {
    assertThat(Redactor.json(json, EVERY, ALL)).isEqualTo(expected);
  }

  @Test
  void only_the_named_detectors_redact() {
    String json = "[\"jo@acme.com\",\"4111111111111111\"]";

    assertThat(Redactor.json(json, Set.of("credit_card", "unheard_of"), ALL))
        .isEqualTo("[\"jo@acme.com\",\"[REDACTED:credit_card]\"]");
    assertThat(Redactor.json(json, Set.of(), ALL)).isEqualTo(json);
  }

  @Test
  void overlapping_findings_become_one_marker_named_by_the_first_and_longest() {
    Detectors own =
        ALL.with(new WordDetector("short_word", "abc"))
            .with(new WordDetector("long_word", "abcd"))
            .with(new WordDetector("late_word", "cdef"));

    assertThat(Redactor.text("_abcdef_", own.names(), own)).isEqualTo("_[REDACTED:long_word]_");
    assertThat(Redactor.text("_abc_", own.names(), own)).isEqualTo("_[REDACTED:short_word]_");
    assertThat(Redactor.text("_cdef_", own.names(), own)).isEqualTo("_[REDACTED:late_word]_");
  }

  @Test
  void a_finding_that_only_shows_when_its_neighbour_is_gone_is_redacted_too() {
    Detector afterDigit =
        new WordDetector("word_at_start", "x") {
          @Override
          public void find(String text, Spans found) {
            if (text.startsWith("x")) {
              found.add(0, 1);
            }
          }
        };
    Detectors own = ALL.with(afterDigit);

    String few = Redactor.text("xxx-", own.names(), own);
    String many = Redactor.text("x".repeat(5000) + "-", own.names(), own);

    assertThat(few).isEqualTo("[REDACTED:word_at_start]".repeat(3) + "-");
    assertThat(many).isEqualTo("[REDACTED:word_at_start]".repeat(Cut.MAX_ROUNDS + 1));
    assertThat(Redactor.text(many, own.names(), own)).isEqualTo(many);
  }

  @Test
  void a_tree_keeps_what_does_not_change_by_identity() {
    List<Object> untouched = List.of("hello", Map.of("a", 1L));
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("keep", untouched);
    tree.put("mail", List.of("jo@acme.com", 7L));
    tree.put("password", "hunter2!x");
    tree.put("nothing", null);

    Object redacted = Redactor.value(tree, EVERY, ALL);

    assertThat(redacted).isInstanceOf(LinkedHashMap.class);
    Map<?, ?> result = (Map<?, ?>) redacted;
    assertThat(result.get("keep")).isSameAs(untouched);
    assertThat(result.get("mail")).isEqualTo(List.of("[REDACTED:email_address]", 7L));
    assertThat(result.get("password")).isEqualTo("[REDACTED:assigned_secret]");
    assertThat(result.keySet())
        .map(String::valueOf)
        .containsExactly("keep", "mail", "password", "nothing");
    assertThat(Redactor.value(redacted, EVERY, ALL)).isSameAs(redacted);
    assertThat(Redactor.value(null, EVERY, ALL)).isNull();
    assertThat(Redactor.value("jo@acme.com", EVERY, ALL)).isEqualTo("[REDACTED:email_address]");
  }

  @Test
  void names_that_would_become_the_same_stay_apart() {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("[REDACTED:email_address:2]", 0L);
    for (int i = 1; i <= 3; i++) {
      tree.put("jo" + i + "@acme.com", (long) i);
    }

    assertThat(Redactor.value(tree, EVERY, ALL))
        .isEqualTo(
            Map.of(
                "[REDACTED:email_address:2]", 0L,
                "[REDACTED:email_address]", 1L,
                "[REDACTED:email_address:3]", 2L,
                "[REDACTED:email_address:4]", 3L));
  }

  @Test
  void what_is_too_deep_to_be_looked_through_does_not_pass() {
    List<Object> loop = new ArrayList<>();
    loop.add("jo@acme.com");
    loop.add(loop);

    Object redacted = Redactor.value(loop, EVERY, ALL);

    assertThat(depth(redacted)).isEqualTo(Detections.MAX_DEPTH);
    assertThat(Redactor.value(redacted, EVERY, ALL)).isSameAs(redacted);
  }

  @Test
  void a_json_text_of_any_depth_is_redacted() {
    String json = "[".repeat(200_000) + "\"jo@acme.com\"" + "]".repeat(200_000);

    assertThat(Redactor.json(json, EVERY, ALL))
        .isEqualTo(json.replace("jo@acme.com", "[REDACTED:email_address]"));
  }

  @Test
  void the_raw_text_and_the_tree_are_redacted_alike() throws Exception {
    String json =
        """
        {"to":"jo@acme.com","jo@acme.com":{"api_key":"Made0Up1For2These3"},"x":["4111111111111111"]}""";
    StrictJson.Limits limits = StrictJson.Limits.ARGUMENTS;

    assertThat(StrictJson.parse(Redactor.json(json, EVERY, ALL), limits))
        .isEqualTo(Redactor.value(StrictJson.parse(json, limits), EVERY, ALL));
  }

  private static int depth(Object tree) {
    int depth = 0;
    Object current = tree;
    while (current instanceof List<?> list) {
      depth++;
      current = list.get(list.size() - 1);
    }
    return depth;
  }
}
