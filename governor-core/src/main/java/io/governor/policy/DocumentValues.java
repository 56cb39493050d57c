package io.governor.policy;

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

  private DocumentValues() {}

  /**
   * An unmodifiable copy in which whole numbers are {@link Long} or {@link BigInteger} and other
   * numbers {@link Double}.
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
    double value = number.doubleValue();
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException("expected a number that JSON can hold");
    }
    return value;
  }

  private static BigInteger bounded(BigInteger big) {
    if (big.bitLength() > MAX_BITS) {
      throw new IllegalArgumentException("expected a number of at most " + MAX_DIGITS + " digits");
    }
    return big;
  }

  /**
   * A bound in the one form in which equal bounds are equal values: without trailing zeros.
   *
   * @throws IllegalArgumentException when it is neither a whole number of at most 62 digits nor
   *     exactly what a double is written as
   */
  static BigDecimal bound(BigDecimal bound) {
    BigDecimal stripped = bound.stripTrailingZeros();
    if (stripped.signum() == 0) {
      return BigDecimal.ZERO;
    }
    long digits = (long) stripped.precision() - Math.min(0, stripped.scale());
    if (stripped.scale() <= 0 && digits <= MAX_DIGITS) {
      return stripped.setScale(0);
    }
    double nearest = stripped.doubleValue();
    if (stripped.scale() <= 0
        || stripped.precision() > 17
        || BigDecimal.valueOf(nearest).compareTo(stripped) != 0) {
      throw new IllegalArgumentException(
          "expected a whole number of at most "
              + MAX_DIGITS
              + " digits, or one that a double holds exactly as written");
    }
    return stripped;
  }

  /** The bound as a value of a document. */
  static Number plain(BigDecimal bound) {
    return bound.scale() > 0 ? (Number) bound.doubleValue() : number(bound.toBigInteger());
  }

  /** The number as a bound. */
  static BigDecimal exact(Number number) {
    if (number instanceof BigInteger big) {
      return new BigDecimal(big);
    }
    return number instanceof Double fraction
        ? BigDecimal.valueOf(fraction)
        : BigDecimal.valueOf(number.longValue());
  }

  /** Equal as JSON: numbers by value. */
  static boolean same(@Nullable Object a, @Nullable Object b) {
    if (a instanceof Number left && b instanceof Number right) {
      return exact(left).compareTo(exact(right)) == 0;
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
