package io.governor.sync.ledger;

import io.governor.sync.TimeWindow;
import io.governor.sync.count.EventTimes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which events of a part of a trace were dealt with. Immutable.
 *
 * @param all every one
 * @param windows those whose time lies in one of these windows
 * @param before those without a time, and those whose time lies before this instant, if there is
 *     one
 */
record Done(boolean all, List<TimeWindow> windows, @Nullable Instant before) {

  static final Done ALL = new Done(true, List.of(), null);
  static final Done NOTHING = new Done(false, List.of(), null);

  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999999Z");

  Done {
    windows = List.copyOf(windows);
  }

  boolean isNothing() {
    return !all && windows.isEmpty() && before == null;
  }

  /** Those that a window's run deals with besides. */
  Done plus(TimeWindow window) {
    return all ? this : new Done(false, Windows.plus(windows, window), before);
  }

  /** Those that a run deals with besides that leaves what lies behind an instant. */
  Done plusBefore(Instant end) {
    if (all) {
      return this;
    }
    return new Done(false, windows, before != null && before.isAfter(end) ? before : end);
  }

  /** Both together. */
  Done plus(Done other) {
    if (all || other.all) {
      return ALL;
    }
    Done sum = this;
    for (TimeWindow window : other.windows) {
      sum = sum.plus(window);
    }
    return other.before == null ? sum : sum.plusBefore(other.before);
  }

  /** What is left, without what lies in further windows. */
  EventTimes left(List<TimeWindow> except) {
    List<TimeWindow> excepted = new ArrayList<>(windows);
    excepted.addAll(except);
    return new EventTimes(before == null ? null : new TimeWindow(before, LAST), excepted);
  }

  /** What is left of a window; null when that is nothing. */
  @Nullable EventTimes leftOf(TimeWindow window) {
    Instant start = before != null && before.isAfter(window.start()) ? before : window.start();
    return start.isBefore(window.end())
        ? new EventTimes(new TimeWindow(start, window.end()), windows)
        : null;
  }
}
