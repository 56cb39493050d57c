package io.governor.policy;

import io.governor.json.Decimals;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** JSON values as policies hold them. Stateless. */
final class DocumentValues {

  /** The deepest value: with what stands around it, it still fits into a document. */
  private static final int MAX_DEPTH = 40;

  private static final int MAX_NAME = 256;

  /** Every whole number of so many digits is read back from YAML and from JSON. */
  private static final int MAX_DIGITS = 62;

  private static final int MAX_BITS = 209;

  /** So many digits, a point and the longest exponent are read back, too. */
  private static final int MAX_SIGNIFICANT = 55;

  private DocumentValues() {}

  /**
   * An unmodifiable copy in which whole numbers are {@link Long} or {@link BigInteger} and other
   * numbers {@link Double}, or {@link BigDecimal} where a double would not hold them as written.
   *
   * @throws IllegalArgumentException for what JSON or a policy document cannot hold
   */
  static @Nullable Object copy(@Nullable Object value) {
    return copy(value, 1);
  }

  private static @Nullable Object copy(@Nullable Object value, int depth) {
    if (value == null || value instanceof Boolean) {
      return value;
    }
    if (value instanceof String text) {
      return wellFormed(text);
    }
    if (value instanceof Number number) {
      return number(number);
    }
    if (depth > MAX_DEPTH) {
      throw new IllegalArgumentException("expected at most " + MAX_DEPTH + " levels in a value");
    }
    if (value instanceof Map<?, ?> members) {
      return map(members, depth);
    }
    if (value instanceof List<?> items) {
      List<@Nullable Object> copy = new ArrayList<>(items.size());
      items.forEach(item -> copy.add(copy(item, depth + 1)));
      return Collections.unmodifiableList(copy);
    }
    throw new IllegalArgumentException("expected a JSON value");
  }

  /** A copy of an object, in its order. */
  static Map<String, @Nullable Object> map(Map<?, ?> members) {
    return map(members, 1);
  }

  private static Map<String, @Nullable Object> map(Map<?, ?> members, int depth) {
    Map<String, @Nullable Object> copy = new LinkedHashMap<>();
    members.forEach(
        (name, value) -> {
          if (!(name instanceof String text) || text.length() > MAX_NAME) {
            throw new IllegalArgumentException(
                "expected names of at most " + MAX_NAME + " characters");
          }
          copy.put(wellFormed(text), copy(value, depth + 1));
        });
    return Collections.unmodifiableMap(copy);
  }

  private static String wellFormed(String text) {
    if (!isWellFormed(text)) {
      throw new IllegalArgumentException("expected whole characters, got half a surrogate pair");
    }
    return text;
  }

  /** Whether every surrogate has its other half. */
  static boolean isWellFormed(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        if (!Character.isSupplementaryCodePoint(text.codePointAt(i))) {
          return false;
        }
        i++;
      }
    }
    return true;
  }

  private static Number number(Number number) {
    if (number instanceof Integer || number instanceof Short || number instanceof Byte) {
      return number.longValue();
    }
    if (number instanceof Long) {
      return number;
    }
    if (number instanceof BigInteger big) {
      return big.bitLength() < Long.SIZE ? (Number) big.longValue() : (Number) bounded(big);
    }
    if (number instanceof BigDecimal decimal) {
      return Decimals.normal(bounded(decimal));
    }
    if (!Double.isFinite(number.doubleValue())) {
      throw new IllegalArgumentException("expected a number that JSON can hold");
    }
    boolean zero = number.doubleValue() == 0;
    return zero ? (Number) number.doubleValue() : Decimals.normal(Decimals.exact(number));
  }

  private static BigInteger bounded(BigInteger big) {
    if (big.bitLength() > MAX_BITS) {
      throw new IllegalArgumentException("expected a number of at most " + MAX_DIGITS + " digits");
    }
    return big;
  }

  /** What is read back from YAML and from JSON, whatever the layout. */
  private static BigDecimal bounded(BigDecimal number) {
    BigDecimal stripped = isSmall(number.unscaledValue()) ? number.stripTrailingZeros() : number;
    long exponent = (long) stripped.precision() - stripped.scale() - 1;
    if (stripped.precision() > MAX_SIGNIFICANT || Math.abs(exponent) > Decimals.MAX_EXPONENT) {
      throw new IllegalArgumentException(
          "expected a whole number of at most "
              + MAX_DIGITS
              + " digits, or one of at most "
              + MAX_SIGNIFICANT
              + " with an exponent of at most "
              + Decimals.MAX_EXPONENT);
    }
    return stripped;
  }

  /** Whether it costs nothing to look at its digits. */
  private static boolean isSmall(BigInteger digits) {
    return digits.bitLength() <= 2 * MAX_BITS;
  }

  /**
   * A bound in the one form in which equal bounds are equal values: without trailing zeros.
   *
   * @throws IllegalArgumentException when it is neither a whole number of at most 62 digits nor a
   *     decimal number of at most 55 with an exponent of at most 999,999,999
   */
  static BigDecimal bound(BigDecimal bound) {
    if (bound.signum() == 0) {
      return BigDecimal.ZERO;
    }
    if (isSmall(bound.unscaledValue())) {
      BigDecimal stripped = bound.stripTrailingZeros();
      long digits = (long) stripped.precision() - stripped.scale();
      if (stripped.scale() <= 0 && digits <= MAX_DIGITS) {
        return stripped.setScale(0);
      }
    }
    return bounded(bound);
  }

  /** The bound as a value of a document. */
  static Number plain(BigDecimal bound) {
    return bound.scale() == 0 ? number(bound.unscaledValue()) : Decimals.normal(bound);
  }

  /** Whether it compares with a whole number that a size may be. */
  static boolean isSize(Comparison comparison) {
    Object size = null;
    if (comparison instanceof Comparison.EqualTo equal) {
      size = equal.value();
    } else if (comparison instanceof Comparison.GreaterThan greater) {
      size = plain(greater.bound());
    } else if (comparison instanceof Comparison.LessThan less) {
      size = plain(less.bound());
    }
    return size instanceof Long number && number >= 0 && number <= Integer.MAX_VALUE;
  }

  /** Equal as JSON: numbers by value. */
  static boolean same(@Nullable Object a, @Nullable Object b) {
    if (a instanceof Number left && b instanceof Number right) {
      return Decimals.compare(left, right) == 0;
    }
    if (a instanceof List<?> left && b instanceof List<?> right) {
      return left.size() == right.size() && sameItems(left, right);
    }
    if (a instanceof Map<?, ?> left && b instanceof Map<?, ?> right) {
      return left.keySet().equals(right.keySet())
          && left.entrySet().stream()
              .allMatch(entry -> same(entry.getValue(), right.get(entry.getKey())));
    }
    return Objects.equals(a, b);
  }

  private static boolean sameItems(List<?> left, List<?> right) {
    for (int i = 0; i < left.size(); i++) {
      if (!same(left.get(i), right.get(i))) {
        return false;
      }
    }
    return true;
  }
}
