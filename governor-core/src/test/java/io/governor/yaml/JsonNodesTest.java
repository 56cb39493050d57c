package io.governor.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.governor.json.JsonProblem;
import io.governor.json.StrictJson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonNodesTest {

  private static final StrictJson.Limits LIMITS = StrictJson.Limits.POLICY;

  @Test
  void every_value_and_every_key_has_its_place() throws JsonProblem {
    YamlNode root = JsonNodes.read("{\n\t\"a\"\n\t: [1,\n  {\"b\": null}]}", LIMITS);

    assertThat(root.place()).isEqualTo(new Place(1, 1));
    assertThat(root.keyPlace(KeyPath.of("a"))).isEqualTo(new Place(2, 2));
    assertThat(root.valuePlace(KeyPath.of("a"))).isEqualTo(new Place(3, 4));
    assertThat(root.valuePlace(KeyPath.of("a").item(0))).isEqualTo(new Place(3, 5));
    assertThat(root.keyPlace(KeyPath.of("a").item(1).name("b"))).isEqualTo(new Place(4, 4));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "{\"a\": [1, -0, 1e3, 12345678901234567890123, 1.50, true, false, null]}",
        "{\"<<\": {\"x\": 1}, \"\": \"\\ud83d\\ude00 \\/ \\u0000\"}",
        "[[[]], {\"a\": {\"b\": []}}]"
      })
  void the_tree_is_what_every_reader_of_json_finds(String text) throws JsonProblem {
    assertThat(JsonNodes.read(text, LIMITS).data()).isEqualTo(StrictJson.parse(text, LIMITS));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{a: 1}", "{\"a\": 1, \"a\": 2}", "{\"a\": \"\\ud83d\"}", "{} x", ""})
  void what_is_not_strictly_json_is_refused(String text) {
    assertThatThrownBy(() -> JsonNodes.read(text, LIMITS)).isInstanceOf(JsonProblem.class);
  }
}
