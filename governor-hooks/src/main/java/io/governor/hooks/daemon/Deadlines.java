package io.governor.hooks.daemon;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Closes connections whose time is over, which wakes whoever reads from them: a channel of a Unix
 * domain socket knows no time limit of its own. Sleeps while nobody is waited for. Safe for use by
 * several threads.
 */
final class Deadlines implements AutoCloseable {

  private final ScheduledThreadPoolExecutor timer =
      new ScheduledThreadPoolExecutor(1, Daemons.threads("governor-hook-timer"));

  Deadlines() {
    timer.setRemoveOnCancelPolicy(true);
  }

  /** Closes the connection after that time, unless the answer is cancelled before. */
  Future<?> close(Closeable connection, Duration after) {
    return run(
        () -> {
          try {
            connection.close();
          } catch (IOException e) {
            // It is gone, which is what was wanted.
          }
        },
        after);
  }

  /** Runs something short after that time. */
  Future<?> run(Runnable action, Duration after) {
    return timer.schedule(action, after.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
