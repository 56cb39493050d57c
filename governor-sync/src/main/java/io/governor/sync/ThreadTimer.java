package io.governor.sync;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One daemon thread, which is there until {@link #close}. Safe for use by several threads. */
final class ThreadTimer implements ScheduleTimer {

  private final ScheduledThreadPoolExecutor executor =
      new ScheduledThreadPoolExecutor(1, this::thread);

  /** Guarded by this. */
  private @Nullable Future<?> waiting;

  private volatile @Nullable Thread own;

  private Thread thread(Runnable work) {
    Thread thread = new Thread(work, "governor-sync");
    own = thread;
    thread.setDaemon(true);
    return thread;
  }

  ThreadTimer() {
    executor.setRemoveOnCancelPolicy(true);
  }

  @Override
  public synchronized void in(Duration delay, Runnable task) {
    if (waiting != null) {
      waiting.cancel(false);
    }
    try {
      waiting = executor.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException e) {
      // Closed meanwhile, which is what the caller will find out as well.
      waiting = null;
    }
  }

  @Override
  public void close(Duration bound) {
    executor.shutdownNow();
    if (Thread.currentThread() == own) {
      return;
    }
    try {
      executor.awaitTermination(bound.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
