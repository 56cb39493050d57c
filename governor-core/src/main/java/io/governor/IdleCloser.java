package io.governor;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Looks for idle sessions from time to time, in one daemon thread that exists only while there are
 * sessions. Safe for use by several threads.
 */
final class IdleCloser {

  private static final long LONGEST_PERIOD_NANOS = Duration.ofSeconds(30).toNanos();

  private final long period;
  private final BooleanSupplier closeIdle;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition stopped = lock.newCondition();

  // Guarded by lock.
  private @Nullable Thread thread;
  private boolean done;

  /**
   * @param closeIdle closes what is idle and says whether anything is left
   */
  IdleCloser(Duration idleTimeout, BooleanSupplier closeIdle) {
    this.period = Math.max(1_000_000, Math.min(LONGEST_PERIOD_NANOS, idleTimeout.toNanos()));
    this.closeIdle = closeIdle;
  }

  /** A session was opened. */
  void wake() {
    lock.lock();
    try {
      if (thread == null && !done) {
        thread = new Thread(this::run, "governor-idle-closer");
        thread.setDaemon(true);
        thread.start();
      }
    } finally {
      lock.unlock();
    }
  }

  void stop() {
    lock.lock();
    try {
      done = true;
      stopped.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    boolean wasEmpty = false;
    while (pause()) {
      boolean empty = !closeIdle.getAsBoolean();
      if (empty && wasEmpty) {
        retire();
        return;
      }
      wasEmpty = empty;
    }
  }

  private boolean pause() {
    lock.lock();
    try {
      long rest = period;
      while (!done && rest > 0) {
        rest = stopped.awaitNanos(rest);
      }
      return !done;
    } catch (InterruptedException e) {
      thread = null;
      return false;
    } finally {
      lock.unlock();
    }
  }

  /** Ends the thread, and starts another when a session was opened at this very moment. */
  private void retire() {
    lock.lock();
    try {
      thread = null;
    } finally {
      lock.unlock();
    }
    if (closeIdle.getAsBoolean()) {
      wake();
    }
  }
}
