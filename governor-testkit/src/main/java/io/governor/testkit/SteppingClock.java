package io.governor.testkit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * A clock that goes on by one step at each reading, or stands still with a step of zero. The wall
 * time and the monotonic time are read, and go on, independently. Safe for use by several threads.
 */
public final class SteppingClock implements InstantSource {

  private final Instant start;
  private final long stepNanos;
  private final AtomicLong instantReadings = new AtomicLong();
  private final AtomicLong nanoReadings = new AtomicLong();

  private SteppingClock(Instant start, Duration step) {
    this.start = start;
    this.stepNanos = step.toNanos();
  }

  /**
   * A clock whose first reading is the given instant.
   *
   * @param step how far it goes on at each reading; may be negative, for clocks that are set back
   */
  public static SteppingClock from(Instant start, Duration step) {
    return new SteppingClock(start, step);
  }

  @Override
  public Instant instant() {
    return start.plusNanos(instantReadings.getAndIncrement() * stepNanos);
  }

  /** The monotonic side, for {@code GovernorBuilder.nanoTime}: starts at 0. */
  public LongSupplier nanoTime() {
    return () -> nanoReadings.getAndIncrement() * stepNanos;
  }
}
