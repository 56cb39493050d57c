package io.governor.detect;

import static org.assertj.core.api.Assertions.assertThat;

import io.governor.json.StrictJson;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a tree of arguments contains. */
class DetectionsTest {

  private static final Detectors ALL = Detectors.builtIn();

  @Test
  void findings_are_counted_in_values_items_and_names() throws Exception {
    Detections found =
        of(
            """
            {"to": ["jo@acme.com", "mia@acme.com"], "note": {"jo@acme.com": true},
             "card": "4111 1111 1111 1111", "amount": 12, "none": null}
            """);

    assertThat(found.counts())
        .containsExactly(Map.entry("credit_card", 1), Map.entry("email_address", 3));
    assertThat(found.any(Set.of("credit_card", "jwt"))).isTrue();
    assertThat(found.any(Set.of("jwt"))).isFalse();
    assertThat(found.complete()).isTrue();
  }

  @Test
  void the_name_of_a_member_tells_that_its_value_is_a_secret() throws Exception {
    assertThat(of("{\"password\": \"hunter2!x\"}").counts()).containsKey("assigned_secret");
    assertThat(of("{\"dbPassword\": \"hunter2!x\"}").counts()).containsKey("assigned_secret");
    assertThat(of("{\"Authorization\": \"Bearer Made0Up1For2\"}").counts())
        .containsKey("assigned_secret");
    assertThat(of("{\"ssn\": \"219099998\"}").counts()).containsKey("us_ssn");
    assertThat(of("{\"password\": \"${PASSWORD}\"}").counts()).isEmpty();
    assertThat(of("{\"title\": \"hunter2!x\"}").counts()).isEmpty();
    assertThat(of("{\"next_page_token_count\": \"Made0Up1For2\"}").counts()).isEmpty();
  }

  @Test
  void plain_values_have_no_findings() {
    assertThat(Detections.of(null, ALL).counts()).isEmpty();
    assertThat(Detections.of(12L, ALL).counts()).isEmpty();
    assertThat(Detections.of("hello", ALL)).isSameAs(Detections.none());
    assertThat(Detections.of("jo@acme.com", ALL).counts())
        .containsExactly(Map.entry("email_address", 1));
  }

  @Test
  void a_tree_that_contains_itself_ends_and_is_not_complete() {
    List<Object> loop = new ArrayList<>();
    loop.add("jo@acme.com");
    loop.add(loop);

    Detections found = Detections.of(loop, ALL);

    assertThat(found.complete()).isFalse();
    assertThat(found.counts()).containsEntry("email_address", Detections.MAX_DEPTH);
  }

  @Test
  void a_tree_with_too_many_values_is_not_complete() {
    assertThat(Detections.of(Collections.nCopies(Detections.MAX_VALUES + 1, 1L), ALL).complete())
        .isFalse();
    assertThat(Detections.of(Collections.nCopies(Detections.MAX_VALUES - 1, 1L), ALL).complete())
        .isTrue();
  }

  @Test
  void names_that_are_no_text_do_no_harm() {
    Map<Object, Object> odd = new HashMap<>();
    odd.put(null, "jo@acme.com");
    odd.put(7, List.of(Set.of("mia@acme.com")));

    assertThat(Detections.of(odd, ALL).counts()).containsExactly(Map.entry("email_address", 1));
  }

  private static Detections of(String json) throws Exception {
    return Detections.of(StrictJson.parse(json, StrictJson.Limits.ARGUMENTS), ALL);
  }
}
