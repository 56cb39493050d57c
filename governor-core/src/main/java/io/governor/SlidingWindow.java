package io.governor;

import io.governor.CallCounters.Window;
import java.util.Arrays;

/**
 * The times of the latest calls of a window, as many as fill it: it is full while the earliest of
 * those lies within its length. A time that lies ahead, after a clock was set back, counts as now.
 * Not safe for use by several threads.
 */
final class SlidingWindow {

  private final int calls;
  private final long length;
  private long[] times;
  private int first;
  private int size;

  SlidingWindow(Window window) {
    this(window.calls(), window.within().toMillis(), new long[Math.min(8, window.calls())], 0);
  }

  private SlidingWindow(int calls, long length, long[] times, int size) {
    this.calls = calls;
    this.length = length;
    this.times = times;
    this.size = size;
  }

  boolean measures(Window window) {
    return calls == window.calls() && length == window.within().toMillis();
  }

  /** The same calls for a window of another measure: the latest that fit. */
  SlidingWindow resized(Window window) {
    int kept = Math.min(size, window.calls());
    long[] latest = new long[Math.max(kept, Math.min(8, window.calls()))];
    for (int i = 0; i < kept; i++) {
      latest[i] = at(size - kept + i);
    }
    return new SlidingWindow(window.calls(), window.within().toMillis(), latest, kept);
  }

  int size() {
    return size;
  }

  boolean isFull(long now) {
    return size == calls && now - at(0) < length;
  }

  /**
   * Counts a call.
   *
   * @return how many more times are kept than before
   */
  int count(long now) {
    int before = size;
    while (size > 0 && now - at(0) >= length) {
      first = (first + 1) % times.length;
      size--;
    }
    if (size == calls) {
      first = (first + 1) % times.length;
      size--;
    }
    makeRoom();
    times[(first + size) % times.length] = now;
    size++;
    return size - before;
  }

  long at(int index) {
    return times[(first + index) % times.length];
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
