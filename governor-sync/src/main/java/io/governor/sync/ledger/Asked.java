package io.governor.sync.ledger;

import io.governor.sync.TimeWindow;
import io.governor.sync.count.EventTimes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which events a run is to deal with. Immutable.
 *
 * @param window those of a window by their own time, or null for everything that is left
 * @param before only those before this instant, and those without a time; the others wait. Null for
 *     all
 * @param except the time whose events are dealt with without being counted, or null
 * @param again whether those count that were counted before; only a dry run asks that
 */
record Asked(
    @Nullable TimeWindow window,
    @Nullable Instant before,
    @Nullable TimeWindow except,
    boolean again) {

  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999999Z");

  static final Asked EVERYTHING = new Asked(null, null, null, false);

  static Asked of(TimeWindow window, boolean again) {
    return new Asked(window, null, null, again);
  }

  /** Which events of a part count; null when none do. */
  @Nullable EventTimes times(Done done) {
    if (window != null) {
      return again ? EventTimes.within(window) : done.all() ? null : done.leftOf(window);
    }
    if (done.all()) {
      return null;
    }
    List<TimeWindow> excepted = new ArrayList<>();
    if (except != null) {
      excepted.add(except);
    }
    if (before != null) {
      excepted.add(new TimeWindow(before, LAST));
    }
    return done.left(excepted);
  }

  /** What is done with a piece once they have counted. */
  Done after(Piece piece) {
    if (window != null) {
      return piece.done().plus(window);
    }
    return before == null || !piece.waits() ? Done.ALL : piece.done().plusBefore(before);
  }
}
