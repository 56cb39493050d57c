package io.governor.sync.count;

import io.governor.sync.CountProgress;

/** Turns what several threads have read into {@link CountProgress}. Any thread may use it. */
final class ProgressMeter {

  /** Tells nobody. */
  static final ProgressMeter NONE = new ProgressMeter(CountProgress.NONE, ProgressMeter.UNKNOWN);

  static final long UNKNOWN = -1;

  private static final long STEP = 1 << 20;

  private final CountProgress listener;
  private final long total;

  /** Guarded by this. */
  private long read;

  /** Guarded by this. */
  private long told;

  ProgressMeter(CountProgress listener, long total) {
    this.listener = listener;
    this.total = total;
  }

  boolean isHeard() {
    return listener != CountProgress.NONE;
  }

  void advance(long bytes) {
    if (isHeard() && bytes > 0) {
      count(bytes);
    }
  }

  private synchronized void count(long bytes) {
    read += bytes;
    while (read - told >= STEP) {
      told += STEP;
      tell(told);
    }
  }

  synchronized void done() {
    tell(Math.max(total, read));
  }

  private void tell(long bytes) {
    // A file that is being written may have grown since.
    listener.at(bytes, total == UNKNOWN ? UNKNOWN : Math.max(total, bytes));
  }
}
