package io.governor.trace;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the number of open descriptors bounded however many sessions are alive, because the host
 * needs descriptors of its own: when there are too many, the trace that was used least recently
 * gives its up. Safe for use by several threads.
 */
final class OpenTraces {

  private final int limit;
  private final ReentrantLock lock = new ReentrantLock();
  private final Set<Suspendable> open = new HashSet<>();

  OpenTraces(int limit) {
    this.limit = limit;
  }

  /** A trace whose descriptors can be taken away between two uses. */
  interface Suspendable {
    long lastUse();

    /** Frees the descriptors; false when the trace is in use or has none. */
    boolean suspend();
  }

  void add(Suspendable trace) {
    lock.lock();
    try {
      open.add(trace);
      while (open.size() > limit && suspendOldest(trace)) {
        // One less each time.
      }
    } finally {
      lock.unlock();
    }
  }

  private boolean suspendOldest(Suspendable newest) {
    Suspendable oldest = null;
    for (Suspendable trace : open) {
      if (trace != newest && isOlder(trace, oldest)) {
        oldest = trace;
      }
    }
    return oldest != null && oldest.suspend() && open.remove(oldest);
  }

  private static boolean isOlder(Suspendable trace, @Nullable Suspendable other) {
    return other == null || trace.lastUse() - other.lastUse() < 0;
  }

  void remove(Suspendable trace) {
    lock.lock();
    try {
      open.remove(trace);
    } finally {
      lock.unlock();
    }
  }
}
