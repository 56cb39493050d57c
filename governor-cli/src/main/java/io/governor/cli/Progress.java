package io.governor.cli;

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

  private final Terminal terminal;
  private final String work;
  private final ScheduledExecutorService timer;
  private final long start = System.nanoTime();
  // Touched by the timer's one thread, and by end() once that thread has ended.
  private boolean shown;

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

  /** Does work such as {@code reading traces}. */
  static <T, E extends Exception> T during(Terminal terminal, String name, Work<T, E> work)
      throws E {
    Progress progress = new Progress(terminal, name);
    long every = terminal.errIsWatched() ? 1 : 5;
    ScheduledFuture<?> ticks =
        progress.timer.scheduleAtFixedRate(progress::show, every, every, TimeUnit.SECONDS);
    try {
      return work.run();
    } finally {
      ticks.cancel(false);
      progress.end();
    }
  }

  private void show() {
    shown = true;
    long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start);
    String line = work + " … " + seconds + " s";
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
