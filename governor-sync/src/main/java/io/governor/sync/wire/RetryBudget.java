package io.governor.sync.wire;

import java.time.Duration;

/**
 * How many retries all transports of a process may make together: 10 at once, and one more every
 * minute. So a process that sends all the time adds little to the load of a server in trouble. Safe
 * to share between threads.
 */
final class RetryBudget {

  static final RetryBudget OF_THIS_PROCESS = new RetryBudget(Pace.REAL);

  private static final int MOST = 10;
  private static final long REFILL_NANOS = Duration.ofMinutes(1).toNanos();

  private final Pace pace;
  private int left = MOST;
  private long filledAt;

  RetryBudget(Pace pace) {
    this.pace = pace;
    this.filledAt = pace.nanoTime();
  }

  /** Takes one retry, if there is one. */
  synchronized boolean take() {
    refill();
    if (left == 0) {
      return false;
    }
    left--;
    return true;
  }

  private void refill() {
    long earned = (pace.nanoTime() - filledAt) / REFILL_NANOS;
    if (earned > 0) {
      filledAt += earned * REFILL_NANOS;
      left = (int) Math.min(MOST, left + earned);
    }
  }
}
