package io.governor.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

class Yaml12Test {

  private static final ScalarTable TABLE = new ScalarTable(PlainScalars.YAML_1_2);

  @ParameterizedTest(name = "{0} is {1} {2}")
  @CsvFileSource(resources = "scalars-1.2.csv", delimiter = '|')
  void a_plain_scalar_has_its_yaml_1_2_meaning(String text, String type, String value) {
    TABLE.check(text, type, value);
  }

  @Test
  void nothing_at_all_is_null() {
    assertThat(PlainScalars.YAML_1_2.resolve("")).isNull();
  }

  @Test
  void numbers_beyond_any_use_are_refused_before_they_are_computed() {
    TABLE.refusesLongNumbers("0." + "1".repeat(1_000_000), "0x" + "f".repeat(1_000_000));
  }
}
