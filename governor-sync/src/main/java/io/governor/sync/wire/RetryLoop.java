package io.governor.sync.wire;

import io.governor.sync.Endpoint;
import io.governor.sync.SyncException;
import io.governor.sync.SyncException.Delivery;
import java.time.Duration;

/**
 * Repeats what may go better the next time: at most 3 times, after a pause of any length up to 0.5,
 * 1 and 2 seconds (full jitter, so that clients that failed together do not come back together) or
 * as long as the server asks, within the total deadline and the budget of the process. Immutable;
 * safe to share between threads.
 */
final class RetryLoop {

  /** One attempt, which ends within the given time. */
  @FunctionalInterface
  interface Attempt<T> {
    T make(Duration within) throws AttemptFailed;
  }

  /**
   * What an exchange came to.
   *
   * @param attempts how many it took
   */
  record Done<T>(T answer, int attempts) {}

  private static final int MOST_ATTEMPTS = 4;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(500);

  private final Endpoint endpoint;
  private final Deadlines deadlines;
  private final Pace pace;
  private final RetryBudget budget;

  RetryLoop(Endpoint endpoint, Deadlines deadlines, Pace pace, RetryBudget budget) {
    this.endpoint = endpoint;
    this.deadlines = deadlines;
    this.pace = pace;
    this.budget = budget;
  }

  <T> Done<T> run(Operation operation, Attempt<T> attempt) throws SyncException {
    long start = pace.nanoTime();
    Delivery known = Delivery.NOT_SENT;
    for (int number = 1; ; number++) {
      try {
        return new Done<>(attempt.make(shorter(deadlines.attempt(), left(start))), number);
      } catch (AttemptFailed failure) {
        known = FailureText.lessCertain(known, failure.delivery());
        if (!mayRepeat(operation, failure, number) || !paused(failure, number, start)) {
          throw FailureText.of(endpoint, operation, failure, known, number);
        }
      }
    }
  }

  private static boolean mayRepeat(Operation operation, AttemptFailed failure, int number) {
    boolean harmless = operation.isRepeatable() || failure.delivery() != Delivery.UNKNOWN;
    return harmless && failure.isRepeatable() && number < MOST_ATTEMPTS;
  }

  /** Waits until the next attempt; false when there is no time or no retry left for one. */
  private boolean paused(AttemptFailed failure, int number, long start) {
    Duration pause = pace.upTo(FIRST_PAUSE.multipliedBy(1L << (number - 1)));
    Duration asked = failure.retryAfter().asked();
    pause = pause.compareTo(asked) < 0 ? asked : pause;
    if (pause.compareTo(left(start)) >= 0 || !budget.take()) {
      return false;
    }
    try {
      pace.sleep(pause);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private Duration left(long start) {
    return deadlines.total().minusNanos(pace.nanoTime() - start);
  }

  private static Duration shorter(Duration a, Duration b) {
    return a.compareTo(b) < 0 ? a : b;
  }
}
