package io.governor.policy;

import io.governor.json.Decimals;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The numbers that comparisons leave: between two bounds, without some. Used by one thread. */
final class NumberRange {

  /** How many whole numbers are tried one by one. */
  private static final int MOST_TRIED = 64;

  private @Nullable BigDecimal low;
  private @Nullable BigDecimal high;
  private boolean withoutLow;
  private boolean withoutHigh;
  private boolean none;

  // By value: 1 and 1.0 are one number.
  private final Set<BigDecimal> without = new TreeSet<>();

  /** Takes a comparison of numbers into account; of others only that no number equals them. */
  void take(Comparison comparison, boolean wanted) {
    if (comparison instanceof Comparison.GreaterThan greater) {
      bound(greater.bound(), wanted, wanted);
    } else if (comparison instanceof Comparison.LessThan less) {
      bound(less.bound(), !wanted, wanted);
    } else if (comparison instanceof Comparison.EqualTo equal) {
      equal(equal.value(), wanted);
    }
  }

  /** A number that is not above a bound is at most the bound. */
  private void bound(BigDecimal bound, boolean fromBelow, boolean open) {
    if (fromBelow) {
      atLeast(bound, open);
    } else {
      atMost(bound, open);
    }
  }

  private void equal(@Nullable Object value, boolean wanted) {
    if (!(value instanceof Number number)) {
      none |= wanted;
    } else if (wanted) {
      atLeast(Decimals.exact(number), false);
      atMost(Decimals.exact(number), false);
    } else {
      without.add(Decimals.exact(number));
    }
  }

  void atLeast(long number) {
    atLeast(BigDecimal.valueOf(number), false);
  }

  void atMost(long number) {
    atMost(BigDecimal.valueOf(number), false);
  }

  private void atLeast(BigDecimal bound, boolean open) {
    int order = low == null ? 1 : bound.compareTo(low);
    withoutLow = order > 0 ? open : order == 0 ? withoutLow || open : withoutLow;
    low = order > 0 ? bound : low;
  }

  private void atMost(BigDecimal bound, boolean open) {
    int order = high == null ? -1 : bound.compareTo(high);
    withoutHigh = order < 0 ? open : order == 0 ? withoutHigh || open : withoutHigh;
    high = order < 0 ? bound : high;
  }

  boolean isEmpty() {
    if (none || low == null || high == null) {
      return none;
    }
    int order = low.compareTo(high);
    return order > 0 || (order == 0 && (withoutLow || withoutHigh || without.contains(low)));
  }

  /** Whether no whole number is left. */
  boolean hasNoInteger() {
    if (isEmpty() || low == null || high == null) {
      return isEmpty();
    }
    if (isHuge(low) || isHuge(high)) {
      return false;
    }
    BigInteger first = rounded(low, RoundingMode.CEILING, withoutLow, BigInteger.ONE);
    BigInteger last = rounded(high, RoundingMode.FLOOR, withoutHigh, BigInteger.ONE.negate());
    if (last.subtract(first).compareTo(BigInteger.valueOf(MOST_TRIED)) > 0) {
      return false;
    }
    for (BigInteger each = first; each.compareTo(last) <= 0; each = each.add(BigInteger.ONE)) {
      if (!without.contains(new BigDecimal(each))) {
        return false;
      }
    }
    return true;
  }

  /** Written out, a number such as 1e999999999 would fill the memory. */
  private static boolean isHuge(BigDecimal bound) {
    return Math.abs((long) bound.precision() - bound.scale()) > 1_000
        || Math.abs((long) bound.scale()) > 1_000;
  }

  private static BigInteger rounded(
      BigDecimal bound, RoundingMode rounding, boolean open, BigInteger inward) {
    BigInteger whole = bound.setScale(0, rounding).toBigInteger();
    return open && bound.compareTo(new BigDecimal(whole)) == 0 ? whole.add(inward) : whole;
  }

  /** Whether nothing is left but whole numbers: one at most. */
  boolean hasNoFraction() {
    return isEmpty()
        || (low != null
            && high != null
            && low.compareTo(high) == 0
            && low.stripTrailingZeros().scale() <= 0);
  }

  /** Whether no whole number above zero is left. */
  boolean isZeroAtMost() {
    return high != null
        && (high.compareTo(BigDecimal.ONE) < 0
            || (withoutHigh && high.compareTo(BigDecimal.ONE) == 0));
  }
}
