package io.governor.json;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * Numbers in the text form of the execution record, section 4: doubles in shortest round-trip form.
 * {@link Double#toString(double)} is not used for the digits, because on Java 17 it is not always
 * the shortest ({@code 2.0E-3} has two digits there) nor the nearest of the shortest.
 */
final class JsonNumbers {

  /** Any decimal of so many digits survives the way through a normal double and back. */
  private static final int SAFE_DIGITS = 15;

  /** So many digits identify every double. */
  private static final int MAX_DIGITS = 17;

  private static final int FIRST_PLAIN_EXPONENT = -4;
  private static final int FIRST_LARGE_EXPONENT = 16;

  private JsonNumbers() {}

  /**
   * The shortest decimal text that reads back as the same double, of several the nearest: {@code
   * 0.1}, {@code 100000.0}, {@code 1e-05}, {@code 5e-324}. Infinities and NaN, which JSON lacks,
   * are {@code Infinity}, {@code -Infinity} and {@code NaN}.
   */
  static String text(double value) {
    if (!Double.isFinite(value)) {
      return Double.toString(value);
    }
    boolean negative = Double.doubleToRawLongBits(value) < 0;
    String magnitude = value == 0 ? "0.0" : layOut(shortest(Math.abs(value)));
    return negative ? "-" + magnitude : magnitude;
  }

  /**
   * The text of a decimal number with all its digits, laid out as that of a double; of scale 0, as
   * that of a whole number.
   */
  static String text(BigDecimal value) {
    if (value.scale() == 0) {
      return value.unscaledValue().toString();
    }
    String magnitude = value.signum() == 0 ? "0.0" : layOut(value.abs());
    return value.signum() < 0 ? "-" + magnitude : magnitude;
  }

  /** The number that {@link #text(double)} writes. */
  static BigDecimal decimal(double value) {
    BigDecimal magnitude = shortest(Math.abs(value));
    return value < 0 ? magnitude.negate() : magnitude;
  }

  /** The number of decimal digits and sign of an integer, without writing it. */
  static long length(BigInteger value) {
    BigInteger magnitude = value.abs();
    return digits(magnitude) + (value.signum() < 0 ? 1 : 0);
  }

  private static BigDecimal shortest(double value) {
    BigDecimal exact = new BigDecimal(value);
    // Below the normal range a double holds fewer digits, so the search starts with one.
    int first = value < Double.MIN_NORMAL ? 1 : SAFE_DIGITS;
    for (int digits = first; digits < MAX_DIGITS; digits++) {
      BigDecimal down = exact.round(new MathContext(digits, RoundingMode.DOWN));
      BigDecimal up = exact.round(new MathContext(digits, RoundingMode.UP));
      boolean downReadsBack = down.doubleValue() == value;
      boolean upReadsBack = up.doubleValue() == value;
      if (downReadsBack && upReadsBack) {
        return exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
      }
      // At a power of two the gap below is half the gap above: the nearer neighbour may belong to
      // another double while the farther one still reads back.
      if (downReadsBack || upReadsBack) {
        return downReadsBack ? down : up;
      }
    }
    return exact.round(new MathContext(MAX_DIGITS, RoundingMode.HALF_EVEN));
  }

  private static String layOut(BigDecimal value) {
    BigDecimal stripped = value.stripTrailingZeros();
    String digits = stripped.unscaledValue().toString();
    long exponent = Decimals.exponent(stripped);
    if (exponent < FIRST_PLAIN_EXPONENT || exponent >= FIRST_LARGE_EXPONENT) {
      return withExponent(digits, exponent);
    }
    if (exponent < 0) {
      return "0." + "0".repeat((int) -exponent - 1) + digits;
    }
    int whole = (int) exponent + 1;
    return digits.length() <= whole
        ? digits + "0".repeat(whole - digits.length()) + ".0"
        : digits.substring(0, whole) + "." + digits.substring(whole);
  }

  private static String withExponent(String digits, long exponent) {
    StringBuilder text = new StringBuilder(24).append(digits.charAt(0));
    if (digits.length() > 1) {
      text.append('.').append(digits, 1, digits.length());
    }
    text.append('e').append(exponent < 0 ? '-' : '+');
    long magnitude = Math.abs(exponent);
    return (magnitude < 10 ? text.append('0') : text).append(magnitude).toString();
  }

  private static long digits(BigInteger magnitude) {
    int bits = magnitude.bitLength();
    if (bits == 0) {
      return 1;
    }
    int shift = Math.max(0, bits - 62);
    double log = Math.log10(magnitude.shiftRight(shift).doubleValue()) + shift * Math.log10(2);
    long nearest = Math.round(log);
    // So near to a power of ten the logarithm may err; only then the power itself is needed.
    if (Math.abs(log - nearest) < 1e-6) {
      return magnitude.compareTo(BigInteger.TEN.pow((int) nearest)) < 0 ? nearest : nearest + 1;
    }
    return (long) Math.floor(log) + 1;
  }
}
