package io.governor.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

class Yaml11Test {

  private static final ScalarTable TABLE = new ScalarTable(PlainScalars.YAML_1_1);

  @ParameterizedTest(name = "{0} is {1} {2}")
  @CsvFileSource(resources = "scalars-1.1.csv", delimiter = '|')
  void a_plain_scalar_has_its_yaml_1_1_meaning(String text, String type, String value) {
    TABLE.check(text, type, value);
  }

  @Test
  void nothing_at_all_is_null() {
    assertThat(PlainScalars.YAML_1_1.resolve("")).isNull();
  }

  @Test
  void numbers_beyond_any_use_are_refused_before_they_are_computed() {
    TABLE.refusesLongNumbers(
        "9".repeat(64), "1" + ":0".repeat(100_000), "0." + "1".repeat(100_000));
  }

  @Test
  void a_long_text_that_only_begins_like_a_number_is_text() {
    String text = "1" + ":0".repeat(100_000) + "x";

    assertThat(PlainScalars.YAML_1_1.resolve(text)).isEqualTo(text);
  }
}
