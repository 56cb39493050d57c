package io.governor.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DecimalsTest {

  /** Beside one another on the line, or equal though written differently. */
  private static final List<String> TEXTS =
      List.of(
              "0 0.0 -0.0 1 1.0 10e-1 0.1 1e-1 0.10000000000000001 9007199254740992 9007199254740993",
              "9007199254740992.0 9007199254740993.0 9007199254740994 1e16 10000000000000001.0 1e22",
              "1e23 9.999999999999999e22 1e300 1e301 1.7976931348623157e308 1e309 1e310 -1e400 1e400",
              "1e-300 1e-301 5e-324 4.9e-324 2e-324 1e-400 -1e-400 9223372036854775807 1e999999999",
              "9223372036854775808 9223372036854775807.5 123456789012345 1234567890123456.5 8.41e21")
          .stream()
          .flatMap(line -> List.of(line.split(" ")).stream())
          .toList();

  @ParameterizedTest
  @CsvSource({
    "1.0, java.lang.Double",
    "0.1, java.lang.Double",
    "99.95, java.lang.Double",
    "1E2, java.lang.Double",
    "100.00000000000000000000, java.lang.Double",
    "0.30000000000000004, java.math.BigDecimal",
    "1e400, java.math.BigDecimal",
    "5e-324, java.math.BigDecimal",
    "0e99999999999999999999, java.lang.Double"
  })
  void a_double_is_read_where_it_says_all_that_is_written(String text, Class<?> type) {
    assertThat(Decimals.read(text)).isInstanceOf(type);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e1000000000", "-1e-1000000000", "10e999999999", "0.1e-999999999"})
  void an_exponent_beyond_nine_digits_is_no_number(String text) {
    assertThat(Decimals.read(text)).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e0000000000000000005", "1E+05", "100000.0", "0.00001e10"})
  void zeros_before_an_exponent_say_nothing(String text) {
    assertThat(Decimals.read(text)).isEqualTo(100000.0);
  }

  @Test
  void numbers_of_every_kind_compare_as_their_digits_do() {
    List<Number> numbers = new ArrayList<>();
    List<BigDecimal> values = new ArrayList<>();
    for (String text : texts()) {
      for (Number number : forms(text)) {
        numbers.add(number);
        values.add(new BigDecimal(text));
      }
    }

    for (int i = 0; i < numbers.size(); i++) {
      for (int j = 0; j < numbers.size(); j++) {
        int expected = values.get(i).compareTo(values.get(j));
        assertThat(Integer.signum(Decimals.compare(numbers.get(i), numbers.get(j))))
            .as("%s and %s", values.get(i), values.get(j))
            .isEqualTo(expected);
      }
    }
  }

  /** What a cache or an approval remembers about one number must not hold for another. */
  @Test
  void numbers_of_equal_canonical_text_are_equal() {
    Map<String, BigDecimal> known = new HashMap<>();
    for (String text : texts()) {
      for (Number number : forms(text)) {
        String canonical = CanonicalJson.text(number);

        BigDecimal first = known.putIfAbsent(canonical, new BigDecimal(text));

        assertThat(new BigDecimal(canonical)).as(text).isEqualByComparingTo(text);
        assertThat(first == null || first.compareTo(new BigDecimal(text)) == 0).isTrue();
      }
    }
  }

  /** The texts, and many more that are made at random. */
  private static List<String> texts() {
    SplittableRandom random = Seeds.random();
    List<String> texts = new ArrayList<>(TEXTS);
    for (int i = 0; i < 300; i++) {
      String digits = new BigInteger(100, new java.util.Random(random.nextLong())).toString();
      texts.add(digits + "." + random.nextInt(10) + "e" + random.nextInt(-30, 30));
      texts.add("1." + "0".repeat(random.nextInt(20)) + random.nextInt(3));
    }
    return texts;
  }

  /** As text is read, and as hosts may have it. */
  private static List<Number> forms(String text) {
    List<Number> forms = new ArrayList<>();
    forms.add(read(text));
    BigDecimal value = new BigDecimal(text);
    forms.add(value);
    if (Math.abs(Decimals.exponent(value)) < 100 && Decimals.isWhole(value)) {
      BigInteger whole = value.toBigInteger();
      forms.add(whole);
      if (whole.bitLength() < Long.SIZE) {
        forms.add(whole.longValue());
      }
    }
    return forms;
  }

  private static Number read(String text) {
    try {
      return (Number) StrictJson.parse(text, StrictJson.Limits.ARGUMENTS);
    } catch (JsonProblem e) {
      throw new IllegalArgumentException(e);
    }
  }

  @Test
  void a_double_of_a_host_stands_for_what_it_is_written_as() {
    assertThat(Decimals.compare(0.1, new BigDecimal("0.1"))).isZero();
    assertThat(Decimals.compare(0.1f, new BigDecimal("0.1"))).isZero();
    assertThat(Decimals.compare(0.1f, 0.1)).isZero();
    assertThat(Decimals.compare(0.1 + 0.2, new BigDecimal("0.30000000000000004"))).isZero();
    assertThat(Decimals.compare(9007199254740992.0, 9007199254740993L)).isNegative();
    assertThat(Decimals.compare((short) 7, 7.0)).isZero();
  }

  @Test
  void what_is_no_number_of_json_is_beyond_all() {
    BigDecimal large = new BigDecimal("1e999999999");

    assertThat(Decimals.compare(Double.POSITIVE_INFINITY, large)).isPositive();
    assertThat(Decimals.compare(large.negate(), Double.NEGATIVE_INFINITY)).isPositive();
    assertThat(Decimals.compare(Double.NaN, large)).isPositive();
    assertThat(Decimals.compare(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY)).isZero();
  }

  @Test
  void numbers_of_a_host_are_bounded_as_those_of_a_text() {
    assertThat(problem(new BigDecimal("1e999999999"))).isNull();
    assertThat(problem(new BigInteger("9".repeat(64)))).isNull();
    assertThat(problem(new BigDecimal("1e1000000000"))).startsWith("expected numbers of at most");
    assertThat(problem(BigInteger.ONE.shiftLeft(1 << 20)))
        .startsWith("expected numbers of at most");
    assertThat(problem(new BigDecimal(BigInteger.ONE.shiftLeft(1 << 20), 5)))
        .startsWith("expected numbers of at most");
  }

  private static @Nullable String problem(Object value) {
    return JsonTree.problem(value, StrictJson.Limits.ARGUMENTS);
  }

  @Test
  void whatever_a_host_may_have_is_written() {
    assertThat(CanonicalJson.text(List.of(new BigDecimal("1.50"), new BigDecimal("5"), 0.1f)))
        .isEqualTo("[1.5,5,0.1]");
    assertThat(CanonicalJson.text(List.of((short) 1, (byte) -1, new BigDecimal("1E+400"))))
        .isEqualTo("[1,-1,1e+400]");
  }
}
