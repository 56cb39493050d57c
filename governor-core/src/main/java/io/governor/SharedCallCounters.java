package io.governor;

import io.governor.file.ProcessLock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/**
 * Counts the calls of all processes that use one folder, such as hooks, which live for one call.
 * Each window is a {@link WindowFile}, of which {@value CallLimit#MOST_WINDOWS} are kept. One lock
 * guards them all while a call is counted; a call is in every file before it is let through. Safe
 * for use by several threads.
 *
 * <p>Processes have only the wall clock in common, so the windows go by that one. Where it is set
 * ahead, calls leave their windows as if that time had passed.
 */
final class SharedCallCounters implements CallCounters {

  private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);

  private final WindowFolder folder;
  private final InstantSource clock;

  /** Threads queue here; only the first of them contends with other processes. */
  private final ReentrantLock queue = new ReentrantLock(true);

  SharedCallCounters(Path folder, InstantSource clock) {
    this(new WindowFolder(folder, CallLimit.MOST_WINDOWS), clock);
  }

  SharedCallCounters(WindowFolder folder, InstantSource clock) {
    this.folder = folder;
    this.clock = clock;
  }

  /**
   * @throws UncheckedIOException if the folder cannot be used; the call may have been counted
   */
  @Override
  public void count(List<Window> windows, Predicate<boolean[]> letThrough) {
    try {
      awaitTurn();
      try {
        locked(windows, letThrough);
      } finally {
        queue.unlock();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Agent frameworks cancel threads by interrupting them; their calls are counted all the same. */
  private void awaitTurn() throws IOException {
    long deadline = System.nanoTime() + LONGEST_WAIT.toNanos();
    boolean interrupted = false;
    try {
      Boolean mine = null;
      while (mine == null) {
        try {
          mine = queue.tryLock(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
      if (!mine) {
        throw new IOException("too many calls are counted at once");
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @SuppressWarnings("try") // the lock is held, not used
  private void locked(List<Window> windows, Predicate<boolean[]> letThrough) throws IOException {
    List<WindowFile> files = new ArrayList<>(windows.size());
    try (ProcessLock lock = ProcessLock.await(folder.lock(), LONGEST_WAIT)) {
      try {
        Instant now = clock.instant();
        boolean[] full = look(windows, now.toEpochMilli(), files);
        if (letThrough.test(full)) {
          count(windows, now, files);
        }
      } finally {
        close(files);
      }
    }
  }

  private boolean[] look(List<Window> windows, long now, List<WindowFile> files)
      throws IOException {
    boolean[] full = new boolean[windows.size()];
    for (int i = 0; i < full.length; i++) {
      WindowFile file = WindowFile.open(folder.file(windows.get(i).key()));
      files.add(file);
      full[i] = file.isFull(windows.get(i), now);
    }
    return full;
  }

  private void count(List<Window> windows, Instant now, List<WindowFile> files) throws IOException {
    boolean isNew = false;
    for (int i = 0; i < files.size(); i++) {
      isNew |= files.get(i).isNew();
      files.get(i).count(windows.get(i), now.toEpochMilli());
    }
    if (isNew) {
      folder.makeRoom(now);
    }
  }

  private static void close(List<WindowFile> files) throws IOException {
    for (WindowFile file : files) {
      file.close();
    }
  }
}
