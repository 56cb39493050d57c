package io.governor;

import io.governor.CallCounters.Window;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * The times of the latest calls of a window in microseconds, as many as fill it: it is full while
 * the earliest of those lies within its length. Times ascend: one that lies ahead, because the
 * clock was set back, becomes now. Not safe for use by several threads.
 */
final class SlidingWindow {

  private final int calls;
  private final long length;
  private long[] times;
  private int first;
  private int size;

  SlidingWindow(Window window) {
    this(window, new long[Math.min(8, window.calls())], 0);
  }

  private SlidingWindow(Window window, long[] times, int size) {
    this.calls = window.calls();
    this.length = length(window);
    this.times = times;
    this.size = size;
  }

  private static long length(Window window) {
    return TimeUnit.MICROSECONDS.convert(window.within());
  }

  boolean measures(Window window) {
    return calls == window.calls() && length == length(window);
  }

  /** The same calls for a window of another measure: the latest that fit. */
  SlidingWindow resized(Window window) {
    int kept = Math.min(size, window.calls());
    long[] latest = new long[Math.max(kept, Math.min(8, window.calls()))];
    for (int i = 0; i < kept; i++) {
      latest[i] = at(size - kept + i);
    }
    return new SlidingWindow(window, latest, kept);
  }

  int size() {
    return size;
  }

  boolean isFull(long now) {
    leaveNoneAhead(now);
    return size == calls && now - at(0) < length;
  }

  /**
   * Counts a call.
   *
   * @return how many more times are kept than before
   */
  int count(long now) {
    leaveNoneAhead(now);
    int before = size;
    while (size > 0 && now - at(0) >= length) {
      removeFirst();
    }
    if (size == calls) {
      removeFirst();
    }
    makeRoom();
    times[index(size)] = now;
    size++;
    return size - before;
  }

  private void leaveNoneAhead(long now) {
    for (int i = size - 1; i >= 0 && at(i) > now; i--) {
      times[index(i)] = now;
    }
  }

  private void removeFirst() {
    first = index(1);
    size--;
  }

  private long at(int index) {
    return times[index(index)];
  }

  private int index(int index) {
    return (first + index) % times.length;
  }

  private void makeRoom() {
    if (size < times.length) {
      return;
    }
    long[] larger = Arrays.copyOf(times, Math.min(calls, times.length * 2));
    for (int i = 0; i < size; i++) {
      larger[i] = at(i);
    }
    times = larger;
    first = 0;
  }
}
