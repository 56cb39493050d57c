package io.governor.hooks.daemon;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

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
    return timer.schedule(() -> closeQuietly(connection), after.toMillis(), TimeUnit.MILLISECONDS);
  }

  private static void closeQuietly(Closeable connection) {
    try {
      connection.close();
    } catch (IOException e) {
      // It is gone, which is what was wanted.
    }
  }

  /**
   * Runs something short at the first time that it says, and again as long as it says when.
   *
   * @param next runs, and says how long to wait before it runs again, or null for no more
   */
  void repeat(Supplier<@Nullable Duration> next, Duration first) {
    Future<?> unused =
        timer.schedule(
            () -> {
              Duration again = next.get();
              if (again != null) {
                repeat(next, again);
              }
            },
            first.toMillis(),
            TimeUnit.MILLISECONDS);
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
