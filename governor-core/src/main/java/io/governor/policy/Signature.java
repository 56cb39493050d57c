package io.governor.policy;

import io.governor.json.Decimals;
import java.math.BigDecimal;
import java.util.List;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Bits of which arguments alternatives are about, and of values they name. A rule is taken to cover
 * another only where every bit that it asks for is offered, so that of thousands of rules few are
 * compared in earnest. Stateless.
 */
final class Signature {

  private static final long ALL = -1;

  private Signature() {}

  /** What every alternative asks for. */
  static long asked(NormalForm form) {
    return form.alternatives().isEmpty() ? 0 : common(form, Signature::asked);
  }

  /** What every alternative may be enough for. */
  static long offered(NormalForm form) {
    return common(form, Signature::offered);
  }

  private static long common(NormalForm form, ToLongFunction<Literal> bits) {
    long common = ALL;
    for (List<Literal> together : form.alternatives()) {
      long own = 0;
      for (Literal literal : together) {
        own |= bits.applyAsLong(literal);
      }
      common &= own;
    }
    return common;
  }

  private static long asked(Literal literal) {
    if (!(literal.atom() instanceof Condition.Argument argument) || isWhole(argument)) {
      return 0;
    }
    boolean ofValue = literal.wanted() && argument.comparison() instanceof Comparison.EqualTo;
    return argument(argument) | (ofValue ? offered(argument) : 0);
  }

  private static long offered(Literal literal) {
    if (!(literal.atom() instanceof Condition.Argument argument)) {
      return 0;
    }
    return isWhole(argument)
        ? ALL
        : argument(argument) | (literal.wanted() ? offered(argument) : 0);
  }

  private static long offered(Condition.Argument argument) {
    if (argument.comparison() instanceof Comparison.EqualTo equal) {
      return value(argument.pointer(), equal.value());
    }
    long bits = 0;
    if (argument.comparison() instanceof Comparison.In in) {
      for (Object value : in.values()) {
        bits |= value(argument.pointer(), value);
      }
    }
    return bits;
  }

  /** Of no argument more than of another. */
  private static boolean isWhole(Condition.Argument argument) {
    return argument.pointer().steps().isEmpty();
  }

  private static long argument(Condition.Argument argument) {
    return bit(argument.pointer().steps().get(0).hashCode());
  }

  private static long value(ArgumentPointer pointer, @Nullable Object value) {
    Object normal =
        value instanceof Number number ? plain(Decimals.exact(number)) : String.valueOf(value);
    return bit(31 * pointer.hashCode() + normal.hashCode());
  }

  private static BigDecimal plain(BigDecimal number) {
    return number.signum() == 0 ? BigDecimal.ZERO : number.stripTrailingZeros();
  }

  private static long bit(int hash) {
    int mixed = hash * 0x9e3779b9;
    return 1L << (mixed >>> 26);
  }
}
