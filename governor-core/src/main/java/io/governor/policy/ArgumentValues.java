package io.governor.policy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the values of JSON are and when two are equal. */
final class ArgumentValues {

  /** Beyond it a double's digits are not worth comparing one by one. */
  private static final double EXACT = 1e300;

  private ArgumentValues() {}

  /** Equal as JSON: numbers by value, objects whatever the order of their members. */
  static boolean equal(@Nullable Object left, @Nullable Object right) {
    if (left instanceof Number a && right instanceof Number b) {
      return compare(a, b) == 0;
    }
    if (left instanceof List<?> a && right instanceof List<?> b) {
      return equalItems(a, b);
    }
    if (left instanceof Map<?, ?> a && right instanceof Map<?, ?> b) {
      return equalMembers(a, b);
    }
    return left == null ? right == null : left.equals(right);
  }

  private static boolean equalItems(List<?> left, List<?> right) {
    if (left.size() != right.size()) {
      return false;
    }
    for (int i = 0; i < left.size(); i++) {
      if (!equal(left.get(i), right.get(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean equalMembers(Map<?, ?> left, Map<?, ?> right) {
    if (left.size() != right.size()) {
      return false;
    }
    for (Map.Entry<?, ?> member : left.entrySet()) {
      if (!right.containsKey(member.getKey())
          || !equal(member.getValue(), right.get(member.getKey()))) {
        return false;
      }
    }
    return true;
  }

  /** Compares by value; NaN, which JSON cannot say, is above everything. */
  static int compare(Number left, Number right) {
    if (isLong(left) && isLong(right)) {
      return Long.compare(left.longValue(), right.longValue());
    }
    double a = left.doubleValue();
    double b = right.doubleValue();
    if (Double.isNaN(a) || Double.isNaN(b) || Math.abs(a) > EXACT || Math.abs(b) > EXACT) {
      return Double.compare(a, b);
    }
    return decimal(left).compareTo(decimal(right));
  }

  static boolean isInteger(Number number) {
    if (isLong(number) || number instanceof BigInteger) {
      return true;
    }
    if (number instanceof BigDecimal decimal) {
      return decimal.signum() == 0 || decimal.stripTrailingZeros().scale() <= 0;
    }
    double value = number.doubleValue();
    return !Double.isInfinite(value) && value == Math.rint(value);
  }

  private static boolean isLong(Number number) {
    return number instanceof Long
        || number instanceof Integer
        || number instanceof Short
        || number instanceof Byte;
  }

  static BigDecimal decimal(Number number) {
    if (number instanceof BigDecimal decimal) {
      return decimal;
    }
    if (number instanceof BigInteger integer) {
      return new BigDecimal(integer);
    }
    return isLong(number)
        ? BigDecimal.valueOf(number.longValue())
        : BigDecimal.valueOf(number.doubleValue());
  }
}
