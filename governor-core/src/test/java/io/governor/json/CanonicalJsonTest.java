package io.governor.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CanonicalJsonTest {

  @Test
  void names_are_sorted_and_nothing_is_spaced() {
    Map<String, Object> value = new LinkedHashMap<>();
    value.put("b", List.of(1, "two", 3.0, Map.of(), List.of()));
    value.put("B", null);
    value.put("a", Map.of("é", true));

    assertThat(CanonicalJson.text(value))
        .isEqualTo("{\"B\":null,\"a\":{\"\\u00e9\":true},\"b\":[1,\"two\",3.0,{},[]]}");
  }

  @Test
  void a_character_above_the_bmp_sorts_after_every_other() {
    Map<String, Object> value = new LinkedHashMap<>();
    value.put("😀", 1);
    value.put("\uff5e", 2);
    value.put("\ue000", 3);
    value.put("", 4);

    assertThat(CanonicalJson.text(value))
        .isEqualTo("{\"\":4,\"\\ue000\":3,\"\\uff5e\":2,\"\\ud83d\\ude00\":1}");
  }

  @Test
  void names_sort_as_their_code_points_do() {
    List<String> alphabet = List.of("a", "\ud7ff", "\ue000", "\uffff", "😀", "\udbff\udfff", "");
    List<String> names = new ArrayList<>();
    for (String x : alphabet) {
      for (String y : alphabet) {
        names.add(x + y);
      }
    }
    List<String> expected = new ArrayList<>(names);
    expected.sort((x, y) -> java.util.Arrays.compare(codePoints(x), codePoints(y)));

    Collections.shuffle(names, new java.util.Random(7));
    names.sort(CanonicalJson::compareCodePoints);

    assertThat(names).isEqualTo(expected);
  }

  @Test
  void an_object_that_is_no_json_value_is_a_mistake_of_the_caller() {
    assertThatThrownBy(() -> CanonicalJson.text(Map.of(1, 2)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> CanonicalJson.text(new Object()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_text_reads_back_as_the_tree_it_was_written_from() throws Exception {
    Map<String, Object> value = new LinkedHashMap<>();
    value.put("numbers", List.of(1L, -0.0, 1e22, Double.NaN, Double.NEGATIVE_INFINITY));
    value.put("texts", List.of("", "é😀", "\u0000\u007f"));
    value.put("infinite", Double.POSITIVE_INFINITY);

    assertThat(CanonicalJson.parse(CanonicalJson.text(value))).isEqualTo(value);
  }

  private static int[] codePoints(String text) {
    return text.codePoints().toArray();
  }
}
