package io.governor.sync;

import java.time.temporal.ChronoUnit;

/**
 * How coarse the windows are that are sent, so that they say less about when somebody worked: a
 * window ends with a whole hour or day (UTC), and what is not over yet waits for the next run.
 */
public enum Alignment {
  HOUR(ChronoUnit.HOURS),
  DAY(ChronoUnit.DAYS);

  private final ChronoUnit unit;

  Alignment(ChronoUnit unit) {
    this.unit = unit;
  }

  /** What a window's bounds are whole multiples of. */
  public ChronoUnit unit() {
    return unit;
  }
}
