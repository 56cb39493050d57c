package io.governor.json;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * What the numbers of a tree are worth, to the last digit. A {@link Double} stands for the shortest
 * decimal number that reads back as it, because that is how it is written: 0.1 is a tenth. A
 * decimal number of more digits than every double keeps, or of a greater exponent, is a {@link
 * BigDecimal}. With numbers as {@link StrictJson} reads them every method takes time linear in
 * their digits, whatever the exponent. Any thread may use it.
 */
public final class Decimals {

  /** How many digits a number in a text may have, those of its exponent included. */
  static final int MAX_DIGITS = 64;

  /** The exponent of the first digit, at most, either way. */
  public static final int MAX_EXPONENT = 999_999_999;

  private static final int MAX_BITS = 213;

  /** Any decimal number of so many digits survives the way through a double and back. */
  private static final int SAFE_DIGITS = 15;

  /** Numbers up to this exponent, either way, are normal doubles. */
  private static final int SAFE_EXPONENT = 300;

  /** Below it every whole number is a double. */
  private static final double WHOLE = 1L << 53;

  private Decimals() {}

  /**
   * The value of a decimal number as JSON or YAML writes it, or null when its exponent is beyond
   * {@link #MAX_EXPONENT}.
   *
   * @param text digits with a point, an exponent or both
   */
  public static @Nullable Number read(String text) {
    int mark = exponentMark(text);
    boolean noExponent = mark == text.length();
    if ((noExponent && mark <= SAFE_DIGITS + 1) || isZero(text, mark)) {
      return Double.valueOf(text);
    }
    if (!noExponent && exponentDigits(text, mark + 1) > 9) {
      return null;
    }
    BigDecimal value = new BigDecimal(text);
    return isBounded(value) ? normal(value) : null;
  }

  private static int exponentMark(String text) {
    int at = 0;
    while (at < text.length() && (text.charAt(at) | 0x20) != 'e') {
      at++;
    }
    return at;
  }

  private static boolean isZero(String text, int end) {
    for (int i = 0; i < end; i++) {
      if (text.charAt(i) >= '1' && text.charAt(i) <= '9') {
        return false;
      }
    }
    return true;
  }

  /** Without zeros before them. */
  private static int exponentDigits(String text, int start) {
    int at = start;
    while (at < text.length() && "+-0".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    return text.length() - at;
  }

  /**
   * The form that {@link #read} gives a value: equal values have equal forms. A big one never has
   * scale 0, which is for whole numbers that are written as such.
   */
  public static Number normal(BigDecimal value) {
    BigDecimal stripped = value.stripTrailingZeros();
    boolean safe =
        stripped.precision() <= SAFE_DIGITS && Math.abs(exponent(stripped)) <= SAFE_EXPONENT;
    if (safe) {
      return stripped.doubleValue();
    }
    return stripped.scale() == 0 ? stripped.setScale(1) : stripped;
  }

  /** Whether a text could hold the number, so that its digits can be worked with. */
  static boolean isBounded(BigDecimal value) {
    return isBounded(value.unscaledValue()) && Math.abs(exponent(value)) <= MAX_EXPONENT;
  }

  static boolean isBounded(BigInteger value) {
    return value.bitLength() <= MAX_BITS;
  }

  /** The exponent of the first digit. */
  static long exponent(BigDecimal value) {
    return (long) value.precision() - value.scale() - 1;
  }

  /**
   * The value as a decimal number.
   *
   * @throws NumberFormatException for an infinity and NaN
   */
  public static BigDecimal exact(Number number) {
    if (number instanceof BigDecimal decimal) {
      return decimal;
    }
    if (number instanceof BigInteger integer) {
      return new BigDecimal(integer);
    }
    return isLong(number)
        ? BigDecimal.valueOf(number.longValue())
        : JsonNumbers.decimal(nearest(number));
  }

  /** The value of a number as a document holds it; null for what is none, an infinity and NaN. */
  public static @Nullable BigDecimal of(@Nullable Object value) {
    boolean finite = !(value instanceof Double number) || Double.isFinite(number);
    return value instanceof Number number && finite ? exact(number) : null;
  }

  /** The nearest double; a smaller number never has a greater one. */
  public static double nearest(Number number) {
    // A float is read by its text: 0.1f stands for 0.1 wherever it is written.
    return number instanceof Float ? Double.parseDouble(number.toString()) : number.doubleValue();
  }

  /** Compares by value; NaN, which JSON cannot say, is above everything. */
  public static int compare(Number left, Number right) {
    if (isLong(left) && isLong(right)) {
      return Long.compare(left.longValue(), right.longValue());
    }
    double a = nearest(left);
    double b = nearest(right);
    if (a != b) {
      return Double.compare(a, b);
    }
    boolean binary = isBinary(left) && isBinary(right);
    boolean small = Math.abs(a) < WHOLE && isNative(left) && isNative(right);
    return binary || small ? 0 : compareDigits(left, right);
  }

  private static int compareDigits(Number left, Number right) {
    if (isInfinite(left) || isInfinite(right)) {
      int beyond = Boolean.compare(isInfinite(left), isInfinite(right));
      return nearest(left) > 0 ? beyond : -beyond;
    }
    return exact(left).compareTo(exact(right));
  }

  private static boolean isInfinite(Number number) {
    return isBinary(number) && Double.isInfinite(number.doubleValue());
  }

  private static boolean isNative(Number number) {
    return isBinary(number) || isLong(number);
  }

  private static boolean isBinary(Number number) {
    return number instanceof Double || number instanceof Float;
  }

  /** Whether it is a whole number, however it is written: 1.0 is one. */
  public static boolean isWhole(Number number) {
    if (number instanceof BigDecimal decimal) {
      return decimal.signum() == 0 || decimal.stripTrailingZeros().scale() <= 0;
    }
    if (isBinary(number)) {
      // A double with a fraction is so small that its digits show it.
      double value = nearest(number);
      return !Double.isInfinite(value) && value == Math.rint(value);
    }
    return isLong(number) || number instanceof BigInteger;
  }

  static boolean isLong(@Nullable Object value) {
    return value instanceof Long
        || value instanceof Integer
        || value instanceof Short
        || value instanceof Byte;
  }
}
