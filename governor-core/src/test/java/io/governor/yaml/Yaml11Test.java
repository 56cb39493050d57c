package io.governor.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

class Yaml11Test {

  @ParameterizedTest(name = "{0} is {1} {2}")
  @CsvFileSource(resources = "scalars-1.1.csv", delimiter = '|')
  void a_plain_scalar_has_its_yaml_1_1_meaning(String text, String type, String value) {
    Object resolved = PlainScalars.YAML_1_1.resolve(text);

    switch (type) {
      case "null" -> assertThat(resolved).isNull();
      case "bool" -> assertThat(resolved).isEqualTo(Boolean.valueOf(value));
      case "float" -> assertThat(resolved).isEqualTo(Double.valueOf(value));
      case "date" -> assertThat(resolved).isEqualTo(PlainScalars.Refused.DATE);
      case "str" -> assertThat(resolved).isEqualTo(value);
      case "int" -> {
        BigInteger integer = new BigInteger(value);
        boolean fits = integer.bitLength() < 64;
        assertThat(resolved).isEqualTo(fits ? (Object) integer.longValue() : integer);
      }
      default -> throw new AssertionError("no such type in the table: " + type);
    }
  }

  @Test
  void nothing_at_all_is_null() {
    assertThat(PlainScalars.YAML_1_1.resolve("")).isNull();
  }

  @Test
  void numbers_beyond_any_use_are_refused_before_they_are_computed() {
    String longest = "9".repeat(62);

    assertThat(PlainScalars.YAML_1_1.resolve(longest)).isEqualTo(new BigInteger(longest));
    assertThat(PlainScalars.YAML_1_1.resolve("9".repeat(64)))
        .isEqualTo(PlainScalars.Refused.LONG_NUMBER);
    assertThat(PlainScalars.YAML_1_1.resolve("1" + ":0".repeat(100_000)))
        .isEqualTo(PlainScalars.Refused.LONG_NUMBER);
    assertThat(PlainScalars.YAML_1_1.resolve("0." + "1".repeat(100_000)))
        .isEqualTo(PlainScalars.Refused.LONG_NUMBER);
  }

  @Test
  void a_long_text_that_only_begins_like_a_number_is_text() {
    String text = "1" + ":0".repeat(100_000) + "x";

    assertThat(PlainScalars.YAML_1_1.resolve(text)).isEqualTo(text);
  }
}
