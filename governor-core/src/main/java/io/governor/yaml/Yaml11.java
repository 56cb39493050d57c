package io.governor.yaml;

import com.google.re2j.Pattern;
import java.math.BigInteger;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Plain scalars of YAML 1.1 (execution record, section 7.2): {@code yes} is true, {@code 010} is
 * eight, {@code 1:30} is ninety, {@code 1e3} is a string. The first form that fits decides.
 */
final class Yaml11 {

  private static final Set<String> TRUE =
      Set.of("yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON");
  private static final Set<String> FALSE =
      Set.of("no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF");
  private static final Set<String> NULL = Set.of("", "~", "null", "Null", "NULL");

  private static final Pattern BINARY = Pattern.compile("[-+]?0b[01_]+");
  private static final Pattern OCTAL = Pattern.compile("[-+]?0[0-7_]+");
  private static final Pattern DECIMAL = Pattern.compile("[-+]?(?:0|[1-9][0-9_]*)");
  private static final Pattern HEX = Pattern.compile("[-+]?0x[0-9a-fA-F_]+");
  private static final Pattern BASE_60 = Pattern.compile("[-+]?[1-9][0-9_]*(?::[0-5]?[0-9])+");
  private static final Pattern FLOAT =
      Pattern.compile(
          "[-+]?[0-9][0-9_]*\\.[0-9_]*(?:[eE][-+][0-9]+)?|\\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?");
  private static final Pattern BASE_60_FLOAT =
      Pattern.compile("[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\\.[0-9_]*");
  private static final Pattern INFINITY = Pattern.compile("[-+]?\\.(?:inf|Inf|INF)");
  private static final Pattern NOT_A_NUMBER = Pattern.compile("\\.(?:nan|NaN|NAN)");
  private static final Pattern DATE =
      Pattern.compile(
          "[0-9]{4}-[0-9]{2}-[0-9]{2}"
              + "|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt]|[ \\t]+)[0-9]{1,2}:[0-9]{2}:[0-9]{2}"
              + "(?:\\.[0-9]*)?(?:[ \\t]*(?:Z|[-+][0-9]{1,2}(?::[0-9]{2})?))?");

  /** A longer number is refused before it is computed: base 60 costs the square of its length. */
  private static final int LONGEST_NUMBER = 100;

  /** 2^209 is the last power of two with 63 digits, which every JSON reader of ours takes. */
  private static final int MOST_BITS = 209;

  private static final BigInteger SIXTY = BigInteger.valueOf(60);

  private Yaml11() {}

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
    Object value = integer(text);
    if (value == null) {
      value = fraction(text);
    }
    if (value != null) {
      return value;
    }
    return DATE.matches(text) ? PlainScalars.Refused.DATE : text;
  }

  private static @Nullable Object integer(String text) {
    if (BINARY.matches(text)) {
      return whole(text, 2, 2);
    }
    if (OCTAL.matches(text)) {
      return whole(text, 8, 0);
    }
    if (DECIMAL.matches(text)) {
      return whole(text, 10, 0);
    }
    if (HEX.matches(text)) {
      return whole(text, 16, 2);
    }
    return BASE_60.matches(text) ? whole(text, 60, 0) : null;
  }

  private static @Nullable Object whole(String text, int base, int prefix) {
    if (text.length() > LONGEST_NUMBER) {
      return PlainScalars.Refused.LONG_NUMBER;
    }
    String digits = unsigned(text).substring(prefix);
    if (digits.isEmpty()) {
      return null; // "0b_": underscores and nothing else, so no number
    }
    BigInteger magnitude = base == 60 ? base60(digits) : new BigInteger(digits, base);
    if (magnitude.bitLength() > MOST_BITS) {
      return PlainScalars.Refused.LONG_NUMBER;
    }
    BigInteger value = text.charAt(0) == '-' ? magnitude.negate() : magnitude;
    return value.bitLength() < Long.SIZE ? (Object) value.longValue() : value;
  }

  private static BigInteger base60(String digits) {
    BigInteger value = BigInteger.ZERO;
    int start = 0;
    for (int end = digits.indexOf(':');
        start <= digits.length();
        end = digits.indexOf(':', start)) {
      int stop = end < 0 ? digits.length() : end;
      value = value.multiply(SIXTY).add(new BigInteger(digits.substring(start, stop)));
      start = stop + 1;
    }
    return value;
  }

  private static @Nullable Object fraction(String text) {
    if (INFINITY.matches(text)) {
      return text.charAt(0) == '-' ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }
    if (NOT_A_NUMBER.matches(text)) {
      return Double.NaN;
    }
    boolean base60 = BASE_60_FLOAT.matches(text);
    if (!base60 && !FLOAT.matches(text)) {
      return null;
    }
    if (text.length() > LONGEST_NUMBER) {
      return PlainScalars.Refused.LONG_NUMBER;
    }
    double magnitude = base60 ? base60Fraction(unsigned(text)) : Double.parseDouble(unsigned(text));
    return text.charAt(0) == '-' ? -magnitude : magnitude;
  }

  /** Adds the last part first: that order gives the same double everywhere. */
  private static double base60Fraction(String digits) {
    double value = 0;
    double unit = 1;
    int end = digits.length();
    while (end >= 0) {
      int colon = digits.lastIndexOf(':', end - 1);
      value += Double.parseDouble(digits.substring(colon + 1, end)) * unit;
      unit *= 60;
      end = colon;
    }
    return value;
  }

  private static String unsigned(String text) {
    String digits = text.replace("_", "");
    return digits.charAt(0) == '-' || digits.charAt(0) == '+' ? digits.substring(1) : digits;
  }
}
