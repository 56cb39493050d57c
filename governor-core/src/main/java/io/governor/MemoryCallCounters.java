package io.governor;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * Counts calls of this process. Holds one time per counted call of a window and at most {@value
 * #MOST_TIMES} in all, about 8 MB; when that is passed, the windows that were used least recently
 * are forgotten, and with them what they had counted.
 *
 * <p>Windows go by a clock that only elapses, so setting the machine's clock neither frees nor
 * blocks a call; where such a clock stands still while the machine sleeps, windows do too.
 */
final class MemoryCallCounters implements CallCounters {

  /** Times kept over all windows. */
  static final int MOST_TIMES = CallLimit.MOST_REMEMBERED;

  /** Windows kept, whatever they hold. */
  static final int MOST_WINDOWS = CallLimit.MOST_WINDOWS;

  private final LongSupplier micros;
  private final ReentrantLock lock = new ReentrantLock();

  // Guarded by lock; the least recently used window first.
  private final Map<String, SlidingWindow> windows = new LinkedHashMap<>(16, 0.75f, true);
  private long times;

  /**
   * @param micros the clock, in microseconds from any origin
   */
  MemoryCallCounters(LongSupplier micros) {
    this.micros = micros;
  }

  @Override
  public void count(List<Window> asked, Predicate<boolean[]> letThrough) {
    lock.lock();
    try {
      long now = micros.getAsLong();
      List<SlidingWindow> found = new ArrayList<>(asked.size());
      boolean[] full = new boolean[asked.size()];
      for (Window window : asked) {
        SlidingWindow sliding = sliding(window);
        full[found.size()] = sliding.isFull(now);
        found.add(sliding);
      }
      if (letThrough.test(full)) {
        found.forEach(window -> times += window.count(now));
      }
      forget();
    } finally {
      lock.unlock();
    }
  }

  /** How many windows are kept. */
  int size() {
    lock.lock();
    try {
      return windows.size();
    } finally {
      lock.unlock();
    }
  }

  private SlidingWindow sliding(Window window) {
    SlidingWindow known = windows.get(window.key());
    if (known == null || !known.measures(window)) {
      times -= known == null ? 0 : known.size();
      known = known == null ? new SlidingWindow(window) : known.resized(window);
      times += known.size();
      windows.put(window.key(), known);
    }
    return known;
  }

  private void forget() {
    Iterator<SlidingWindow> oldest = windows.values().iterator();
    while ((times > MOST_TIMES || windows.size() > MOST_WINDOWS) && oldest.hasNext()) {
      times -= oldest.next().size();
      oldest.remove();
    }
  }
}
