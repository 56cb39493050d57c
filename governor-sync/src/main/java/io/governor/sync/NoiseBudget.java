package io.governor.sync;

import java.math.BigDecimal;

/**
 * How much differential privacy may give away. Immutable; safe to share between threads.
 *
 * @param epsilon what one window costs, from {@link #LEAST_EPSILON} to {@link #MOST_EPSILON} with
 *     at most three decimals: the smaller, the more noise
 * @param daily what all windows of one day (UTC) may cost together, at least epsilon and at most
 *     {@link #MOST_DAILY}; when it is used up, nothing is sent until the next day
 */
public record NoiseBudget(BigDecimal epsilon, BigDecimal daily) {

  /** The smallest epsilon, and the step between two. */
  public static final BigDecimal LEAST_EPSILON = new BigDecimal("0.001");

  /** The largest epsilon; with it, noise is rare. */
  public static final BigDecimal MOST_EPSILON = new BigDecimal("10");

  /** The largest sum for a day. */
  public static final BigDecimal MOST_DAILY = new BigDecimal("1000");

  static final int SCALE = 3;

  /**
   * @throws IllegalArgumentException if a value is out of its bounds; the message says which
   */
  public NoiseBudget {
    require("epsilon", epsilon, LEAST_EPSILON, MOST_EPSILON);
    require("the daily budget", daily, epsilon, MOST_DAILY);
  }

  /** One window a day. */
  public static NoiseBudget of(BigDecimal epsilon) {
    return new NoiseBudget(epsilon, epsilon);
  }

  private static void require(String what, BigDecimal value, BigDecimal least, BigDecimal most) {
    if (value.compareTo(least) < 0
        || value.compareTo(most) > 0
        || value.stripTrailingZeros().scale() > SCALE) {
      throw new IllegalArgumentException(
          what
              + ": expected a number from "
              + least.toPlainString()
              + " to "
              + most.toPlainString()
              + " with at most "
              + SCALE
              + " decimals");
    }
  }
}
