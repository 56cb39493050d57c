package io.governor.sync.count;

import io.governor.sync.TimeWindow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** {@link EventTimes} for times that are no objects. Immutable; any thread may use it. */
final class TimeFilter {

  /** First seconds, their nanoseconds, and the same of the ends, four for each window. */
  private final long[] windows;

  private final boolean limited;

  TimeFilter(EventTimes times) {
    List<TimeWindow> all = new ArrayList<>();
    TimeWindow within = times.within();
    limited = within != null;
    if (within != null) {
      all.add(within);
    }
    all.addAll(times.except());
    windows = new long[4 * all.size()];
    for (int i = 0; i < all.size(); i++) {
      put(4 * i, all.get(i).start());
      put(4 * i + 2, all.get(i).end());
    }
  }

  private void put(int at, Instant instant) {
    windows[at] = instant.getEpochSecond();
    windows[at + 1] = instant.getNano();
  }

  /** Whether an event without a time counts. */
  boolean includesTimeless() {
    return !limited;
  }

  boolean includes(long second, int nano) {
    int exceptions = 0;
    if (limited) {
      if (!contains(0, second, nano)) {
        return false;
      }
      exceptions = 4;
    }
    for (int i = exceptions; i < windows.length; i += 4) {
      if (contains(i, second, nano)) {
        return false;
      }
    }
    return true;
  }

  private boolean contains(int at, long second, int nano) {
    return !isBefore(second, nano, at) && isBefore(second, nano, at + 2);
  }

  private boolean isBefore(long second, int nano, int at) {
    return second < windows[at] || (second == windows[at] && nano < windows[at + 1]);
  }
}
