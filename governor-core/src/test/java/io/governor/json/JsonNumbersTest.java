package io.governor.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonNumbersTest {

  @ParameterizedTest
  @CsvSource({
    "0.0, 0.0",
    "-0.0, -0.0",
    "1, 1.0",
    "100000, 100000.0",
    "2.0E-3, 0.002",
    "0.0001, 0.0001",
    "0.00001, 1e-05",
    "0.000012345, 1.2345e-05",
    "123456789.125, 123456789.125",
    "9007199254740993, 9007199254740992.0",
    "1E15, 1000000000000000.0",
    "9999999999999998, 9999999999999998.0",
    "1E16, 1e+16",
    "2E23, 2e+23",
    "1E23, 1e+23",
    "1.5E300, 1.5e+300",
    "1E-100, 1e-100",
    "0.1, 0.1",
    "-0.30000000000000004, -0.30000000000000004",
    "4.9E-324, 5e-324",
    "2E-323, 2e-323",
    "2.2250738585072014E-308, 2.2250738585072014e-308",
    "2.225073858507201E-308, 2.225073858507201e-308",
    "1.7976931348623157E308, 1.7976931348623157e+308",
    "Infinity, Infinity",
    "-Infinity, -Infinity",
    "NaN, NaN"
  })
  void a_double_has_its_shortest_text(double value, String text) {
    assertThat(JsonNumbers.text(value)).isEqualTo(text);
  }

  /** At 2^-44 the nearest 16-digit decimal reads back as the double below; the other one does. */
  @Test
  void the_nearer_neighbour_is_not_taken_when_it_belongs_to_another_double() {
    assertThat(JsonNumbers.text(Math.scalb(1.0, -44))).isEqualTo("5.684341886080802e-14");
  }

  @Test
  void every_text_reads_back_and_no_shorter_one_does() {
    SplittableRandom random = Seeds.random();

    for (int i = 0; i < 5_000; i++) {
      double value = Math.abs(Double.longBitsToDouble(random.nextLong()));
      if (Double.isFinite(value) && value != 0) {
        assertShortest(value);
      }
    }
  }

  @Test
  void every_power_of_two_and_its_neighbours_are_shortest() {
    for (int exponent = Double.MIN_EXPONENT - 52; exponent <= Double.MAX_EXPONENT; exponent++) {
      double power = Math.scalb(1.0, exponent);
      assertShortest(power);
      assertShortest(Math.nextUp(power));
      if (power != Double.MIN_VALUE) {
        assertShortest(Math.nextDown(power));
      }
    }
  }

  @Test
  void decimals_of_few_digits_keep_their_digits() {
    SplittableRandom random = Seeds.random();

    for (int i = 0; i < 5_000; i++) {
      BigDecimal decimal =
          BigDecimal.valueOf(random.nextLong(1, 1_000_000_000_000_000L), random.nextInt(-200, 200));

      String text = JsonNumbers.text(decimal.doubleValue());

      assertThat(new BigDecimal(text)).isEqualByComparingTo(decimal);
    }
  }

  @Test
  void an_integer_is_as_long_as_its_text() {
    SplittableRandom random = Seeds.random();

    for (int digits = 1; digits < 400; digits++) {
      BigInteger power = BigInteger.TEN.pow(digits);
      for (BigInteger value :
          new BigInteger[] {
            power,
            power.negate(),
            power.subtract(BigInteger.ONE),
            power.add(BigInteger.ONE),
            power.multiply(BigInteger.valueOf(random.nextInt(1, 1000))).subtract(BigInteger.TWO)
          }) {
        assertThat(JsonNumbers.length(value)).isEqualTo(value.toString().length());
      }
    }
    assertThat(JsonNumbers.length(BigInteger.ZERO)).isEqualTo(1);
  }

  private static void assertShortest(double value) {
    String text = JsonNumbers.text(value);
    BigDecimal chosen = new BigDecimal(text).stripTrailingZeros();
    BigDecimal exact = new BigDecimal(value);

    assertThat(Double.parseDouble(text)).as(text).isEqualTo(value);
    // Step by the unit of one digit fewer through the neighbours of the value: none reads back.
    int fewer = chosen.precision() - 1;
    if (fewer > 0) {
      assertThat(anyReadsBack(exact, fewer)).as("a shorter text than %s", text).isFalse();
    }
    // And of equal length none that reads back is nearer.
    BigDecimal distance = chosen.subtract(exact).abs();
    BigDecimal unit = chosen.ulp();
    for (BigDecimal other : new BigDecimal[] {chosen.add(unit), chosen.subtract(unit)}) {
      boolean nearer = other.subtract(exact).abs().compareTo(distance) < 0;
      assertThat(nearer && other.doubleValue() == value)
          .as("%s nearer than %s", other, text)
          .isFalse();
    }
  }

  private static boolean anyReadsBack(BigDecimal exact, int digits) {
    int scale = digits - (exact.precision() - exact.scale());
    BigDecimal below = exact.setScale(scale, java.math.RoundingMode.FLOOR);
    return below.doubleValue() == exact.doubleValue()
        || below.add(below.ulp()).doubleValue() == exact.doubleValue();
  }
}
