package io.governor.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

class Yaml12Test {

  @ParameterizedTest(name = "{0} is {1} {2}")
  @CsvFileSource(resources = "scalars-1.2.csv", delimiter = '|')
  void a_plain_scalar_has_its_yaml_1_2_meaning(String text, String type, String value) {
    Object resolved = PlainScalars.YAML_1_2.resolve(text);

    switch (type) {
      case "null" -> assertThat(resolved).isNull();
      case "bool" -> assertThat(resolved).isEqualTo(Boolean.valueOf(value));
      case "float" -> assertThat(resolved).isEqualTo(Double.valueOf(value));
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
    assertThat(PlainScalars.YAML_1_2.resolve("")).isNull();
  }

  @Test
  void numbers_beyond_any_use_are_refused_before_they_are_computed() {
    String longest = "9".repeat(62);

    assertThat(PlainScalars.YAML_1_2.resolve(longest)).isEqualTo(new BigInteger(longest));
    assertThat(PlainScalars.YAML_1_2.resolve("9".repeat(64)))
        .isEqualTo(PlainScalars.Refused.LONG_NUMBER);
    assertThat(PlainScalars.YAML_1_2.resolve("0." + "1".repeat(1_000_000)))
        .isEqualTo(PlainScalars.Refused.LONG_NUMBER);
    assertThat(PlainScalars.YAML_1_2.resolve("0x" + "f".repeat(1_000_000)))
        .isEqualTo(PlainScalars.Refused.LONG_NUMBER);
  }
}
