package io.governor.sync;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Time that stands still until a test moves it; what is due runs on the test's own thread. */
final class ManualTimer implements ScheduleTimer, InstantSource {

  private Instant now = Instant.parse("2026-04-14T12:00:00Z");
  private @Nullable Instant due;
  private @Nullable Runnable task;
  boolean closed;

  @Override
  public Instant instant() {
    return now;
  }

  @Override
  public void in(Duration delay, Runnable newTask) {
    due = now.plus(delay);
    task = newTask;
  }

  @Override
  public void close(Duration bound) {
    closed = true;
    task = null;
  }

  /** How long until something is due, or null when nothing is. */
  @Nullable Duration untilDue() {
    return task == null || due == null ? null : Duration.between(now, due);
  }

  /** Moves time to what is due next, and does it. */
  void next() {
    Runnable next = task;
    if (next == null || due == null) {
      throw new AssertionError("nothing is due");
    }
    now = due;
    task = null;
    next.run();
  }
}
