package io.governor.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;

/** What a table of plain scalars expects of a version of YAML, and what is so in every version. */
final class ScalarTable {

  private final PlainScalars version;

  ScalarTable(PlainScalars version) {
    this.version = version;
  }

  /** Checks one row: a text, the type of its value, and the value. */
  void check(String text, String type, String value) {
    Object resolved = version.resolve(text);
    switch (type) {
      case "null" -> assertThat(resolved).isNull();
      case "bool" -> assertThat(resolved).isEqualTo(Boolean.valueOf(value));
      case "float" -> assertThat(resolved).isEqualTo(Double.valueOf(value));
      case "date" -> assertThat(resolved).isEqualTo(PlainScalars.Refused.DATE);
      case "str" -> assertThat(resolved).isEqualTo(value);
      case "int" -> assertThat(resolved).isEqualTo(integer(value));
      default -> throw new AssertionError("no such type in the table: " + type);
    }
  }

  private static Object integer(String value) {
    BigInteger integer = new BigInteger(value);
    return integer.bitLength() < 64 ? (Object) integer.longValue() : integer;
  }

  /** Numbers are measured before they are computed. */
  void refusesLongNumbers(String... numbers) {
    String longest = "9".repeat(62);
    assertThat(version.resolve(longest)).isEqualTo(new BigInteger(longest));
    for (String number : numbers) {
      assertThat(version.resolve(number)).isEqualTo(PlainScalars.Refused.LONG_NUMBER);
    }
  }
}
