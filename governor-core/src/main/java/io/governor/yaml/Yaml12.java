package io.governor.yaml;

import io.governor.json.Decimals;
import java.math.BigInteger;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Plain scalars of YAML 1.2, by its core schema (YAML 1.2.2, section 10.3.2): {@code yes} and
 * {@code 12:30} are strings, {@code 010} is ten, {@code 0o10} is eight, {@code 1e3} is a thousand.
 * Every JSON number is one of them. Dates are strings.
 */
final class Yaml12 {

  private static final Set<String> TRUE = Set.of("true", "True", "TRUE");
  private static final Set<String> FALSE = Set.of("false", "False", "FALSE");
  private static final Set<String> NULL = Set.of("", "~", "null", "Null", "NULL");
  private static final Set<String> INFINITY = Set.of(".inf", ".Inf", ".INF");
  private static final Set<String> NOT_A_NUMBER = Set.of(".nan", ".NaN", ".NAN");

  /** A longer number is refused before it is computed: parsing costs the square of its length. */
  private static final int LONGEST_NUMBER = 100;

  /** 2^209 is the last power of two with 63 digits, which every JSON reader of ours takes. */
  private static final int MAX_BITS = 209;

  private Yaml12() {}

  static @Nullable Object resolve(String text) {
    if (NULL.contains(text)) {
      return null;
    }
    if (TRUE.contains(text) || FALSE.contains(text)) {
      return TRUE.contains(text);
    }
    return "+-.0123456789".indexOf(text.charAt(0)) < 0 ? text : numberOrText(text);
  }

  private static Object numberOrText(String text) {
    if (text.startsWith("0o")) {
      return based(text, 8);
    }
    if (text.startsWith("0x")) {
      return based(text, 16);
    }
    int start = isSign(text.charAt(0)) ? 1 : 0;
    int digits = digits(text, start);
    if (digits > start && digits == text.length()) {
      return whole(text, text.substring(start), 10, text.charAt(0) == '-');
    }
    return isFraction(text, start, digits) ? fraction(text) : special(text, start);
  }

  private static Object based(String text, int base) {
    String digits = text.substring(2);
    boolean fits = !digits.isEmpty() && digits.chars().allMatch(c -> isDigit(c, base));
    return fits ? whole(text, digits, base, false) : text;
  }

  private static boolean isDigit(int c, int base) {
    return c < 128 && Character.digit(c, base) >= 0;
  }

  private static Object whole(String text, String digits, int base, boolean negative) {
    if (text.length() > LONGEST_NUMBER) {
      return PlainScalars.Refused.LONG_NUMBER;
    }
    BigInteger magnitude = new BigInteger(digits, base);
    if (magnitude.bitLength() > MAX_BITS) {
      return PlainScalars.Refused.LONG_NUMBER;
    }
    BigInteger value = negative ? magnitude.negate() : magnitude;
    return value.bitLength() < Long.SIZE ? (Object) value.longValue() : value;
  }

  /** Digits on one side of the point at least, then perhaps an exponent, then nothing. */
  private static boolean isFraction(String text, int start, int wholeEnd) {
    int end = wholeEnd;
    int count = wholeEnd - start;
    if (end < text.length() && text.charAt(end) == '.') {
      int fractionEnd = digits(text, end + 1);
      count += fractionEnd - end - 1;
      end = fractionEnd;
    }
    return count > 0 && exponentEnd(text, end) == text.length();
  }

  private static int exponentEnd(String text, int at) {
    if (at >= text.length() || (text.charAt(at) != 'e' && text.charAt(at) != 'E')) {
      return at;
    }
    int start = at + 1 < text.length() && isSign(text.charAt(at + 1)) ? at + 2 : at + 1;
    int end = digits(text, start);
    return end > start ? end : at;
  }

  private static Object fraction(String text) {
    if (text.length() > LONGEST_NUMBER) {
      return PlainScalars.Refused.LONG_NUMBER;
    }
    Number number = Decimals.read(text);
    return number == null ? PlainScalars.Refused.LARGE_EXPONENT : number;
  }

  private static Object special(String text, int start) {
    if (NOT_A_NUMBER.contains(text)) {
      return Double.NaN;
    }
    if (!INFINITY.contains(text.substring(start))) {
      return text;
    }
    return text.charAt(0) == '-' ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
  }

  /** Where the digits from here end. */
  private static int digits(String text, int start) {
    int at = start;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    return at;
  }

  private static boolean isSign(char c) {
    return c == '+' || c == '-';
  }
}
