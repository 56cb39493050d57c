package io.governor.sync.ledger;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.random.RandomGenerator;

/**
 * Two-sided geometric noise: the whole number x with a probability proportional to {@code
 * exp(-epsilon * |x|)}. Exact, with integers only, because the holes that floating-point numbers
 * leave give away what noise should hide: Canonne, Kamath and Steinke, "The Discrete Gaussian for
 * Differential Privacy" (2020), algorithms 1 and 2. Immutable; the generator is the caller's.
 */
final class GeometricNoise {

  private final long numerator;
  private final long denominator;

  /**
   * @param epsilon positive, with at most three decimals
   */
  GeometricNoise(BigDecimal epsilon) {
    BigInteger thousandths = epsilon.movePointRight(3).toBigIntegerExact();
    BigInteger common = thousandths.gcd(BigInteger.valueOf(1000));
    this.numerator = thousandths.divide(common).longValueExact();
    this.denominator = BigInteger.valueOf(1000).divide(common).longValueExact();
  }

  /** Draws one number. */
  long draw(RandomGenerator random) {
    while (true) {
      long rest = below(denominator, random);
      if (!decays(rest, denominator, random)) {
        continue;
      }
      long whole = 0;
      while (decays(1, 1, random)) {
        whole++;
      }
      long size = (rest + denominator * whole) / numerator;
      boolean negative = below(2, random) == 1;
      // Zero has one sign only.
      if (!negative || size != 0) {
        return negative ? -size : size;
      }
    }
  }

  /** True with probability exp(-a/b), for 0 <= a <= b. */
  private static boolean decays(long a, long b, RandomGenerator random) {
    long k = 1;
    while (below(b * k, random) < a) {
      k++;
    }
    return k % 2 == 1;
  }

  /** A number from 0 to one less than the bound, each as likely. */
  private static long below(long bound, RandomGenerator random) {
    long mask = bound == 1 ? 0 : -1L >>> Long.numberOfLeadingZeros(bound - 1);
    long drawn;
    do {
      drawn = random.nextLong() & mask;
    } while (drawn >= bound);
    return drawn;
  }
}
