package io.governor.trace;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Forces many records at once: {@value #MOST_MILLIS} ms after the first of them was written, or
 * sooner when there are {@value #MOST_RECORDS}. One daemon thread does it, from the first record
 * until this is closed. Writers never wait for the disk, only for one another's entry in a list.
 */
final class GroupFlusher implements Flusher {

  static final int MOST_RECORDS = 100;
  static final int MOST_MILLIS = 50;

  private final Forcer forcer;

  /** Held while forcing, so that who holds it knows that nothing taken before is on its way. */
  private final ReentrantLock forcing = new ReentrantLock();

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  // Guarded by lock.
  private UnforcedFiles unforced = new UnforcedFiles();
  private long dueNanos;
  private @Nullable Thread thread;
  private boolean closed;

  GroupFlusher(Forcer forcer) {
    this.forcer = forcer;
  }

  @Override
  public void written(Path file, boolean begun) {
    lock.lock();
    try {
      unforced.add(file, begun);
      if (!closed) {
        added(unforced.records());
        return;
      }
    } finally {
      lock.unlock();
    }
    flush();
  }

  private void added(int records) {
    if (records == 1) {
      dueNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(MOST_MILLIS);
      start();
      changed.signal();
    } else if (records == MOST_RECORDS) {
      changed.signal();
    }
  }

  private void start() {
    if (thread == null) {
      thread = new Thread(this::run, "governor-flush");
      thread.setDaemon(true);
      thread.start();
    }
  }

  private void run() {
    while (awaitDue()) {
      flush();
    }
  }

  /** Waits until something is to be forced; false when this was closed. */
  private boolean awaitDue() {
    lock.lock();
    try {
      for (long rest = rest(); !closed && rest > 0; rest = rest()) {
        changed.awaitNanos(rest);
      }
      return !closed;
    } catch (InterruptedException e) {
      // Nobody has a reason to; what is written is forced a little early.
      return true;
    } finally {
      lock.unlock();
    }
  }

  private long rest() {
    if (unforced.records() == 0) {
      return Long.MAX_VALUE;
    }
    return unforced.records() < MOST_RECORDS ? dueNanos - System.nanoTime() : 0;
  }

  @Override
  public void flush() {
    forcing.lock();
    try {
      take().force(forcer);
    } finally {
      forcing.unlock();
    }
  }

  private UnforcedFiles take() {
    lock.lock();
    try {
      UnforcedFiles taken = unforced;
      unforced = new UnforcedFiles();
      return taken;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Flusher perUse() {
    return new UseFlusher(forcer);
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      changed.signal();
    } finally {
      lock.unlock();
    }
    flush();
  }
}
