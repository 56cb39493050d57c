package io.governor.cli;

import io.governor.sync.CountProgress;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Tells on standard error that work which takes longer than a second goes on: on one line each
 * second where a person watches, with a line every five seconds elsewhere. The line is gone when
 * the work is done.
 */
final class Progress {

  private static final int UNKNOWN = -1;

  private final Terminal terminal;
  private final String work;
  private final ScheduledExecutorService timer;
  private final long start = System.nanoTime();
  // Touched by the timer's one thread, and by end() once that thread has ended.
  private boolean shown;
  // Written by whoever works, read by the timer's thread.
  private volatile int percent = UNKNOWN;

  private Progress(Terminal terminal, String work) {
    this.terminal = terminal;
    this.work = work;
    this.timer =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "governor-progress");
              thread.setDaemon(true);
              return thread;
            });
  }

  /** Work that may take long. */
  interface Work<T, E extends Exception> {
    T run() throws E;
  }

  /** Work that says how far it has come. */
  interface CountingWork<T, E extends Exception> {
    T run(CountProgress progress) throws E;
  }

  /** Does work such as {@code reading traces}. */
  static <T, E extends Exception> T during(Terminal terminal, String name, Work<T, E> work)
      throws E {
    return new Progress(terminal, name).watch(work);
  }

  /** Does work such as {@code counting}, and tells how much of the traces is behind. */
  static <T, E extends Exception> T counting(
      Terminal terminal, String name, CountingWork<T, E> work) throws E {
    Progress progress = new Progress(terminal, name);
    return progress.watch(() -> work.run(progress::reached));
  }

  private void reached(long read, long total) {
    percent = total > 0 ? (int) (100 * Math.min(read, total) / total) : UNKNOWN;
  }

  private <T, E extends Exception> T watch(Work<T, E> toDo) throws E {
    long every = terminal.errIsWatched() ? 1 : 5;
    ScheduledFuture<?> ticks =
        timer.scheduleAtFixedRate(this::show, every, every, TimeUnit.SECONDS);
    try {
      return toDo.run();
    } finally {
      ticks.cancel(false);
      end();
    }
  }

  private void show() {
    shown = true;
    long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start);
    int reached = percent;
    String line = work + " … " + seconds + " s" + (reached == UNKNOWN ? "" : ", " + reached + " %");
    if (terminal.errIsWatched()) {
      terminal.progress(line);
    } else {
      terminal.note("governor: " + line);
    }
  }

  private void end() {
    timer.shutdown();
    try {
      if (timer.awaitTermination(1, TimeUnit.SECONDS) && shown && terminal.errIsWatched()) {
        terminal.progress("");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
