package io.governor.sync;

import java.time.Duration;

/** Does something later, one thing at a time. Safe for use by several threads. */
interface ScheduleTimer {

  /** Does it after the delay; what was asked for before and has not begun is forgotten. */
  void in(Duration delay, Runnable task);

  /** Does nothing more, interrupts what is under way, and waits for it no longer than the bound. */
  void close(Duration bound);
}
