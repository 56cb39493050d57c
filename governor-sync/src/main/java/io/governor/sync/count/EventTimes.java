package io.governor.sync.count;

import io.governor.sync.TimeWindow;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which events count, by the time that stands in them. An event without a readable time lies in no
 * window: it counts only when none was asked for, and no exception takes it away. Immutable.
 *
 * @param within the window an event must lie in, or null for any time
 * @param except windows in which no event counts
 */
public record EventTimes(@Nullable TimeWindow within, List<TimeWindow> except) {

  /** Every event. */
  public static final EventTimes ALL = new EventTimes(null, List.of());

  public EventTimes {
    except = List.copyOf(except);
  }

  /** The events of one window. */
  public static EventTimes within(TimeWindow window) {
    return new EventTimes(window, List.of());
  }

  /** Whether an event of this time counts; null is an event without one. */
  public boolean include(@Nullable Instant time) {
    if (time == null) {
      return within == null;
    }
    return (within == null || within.contains(time))
        && except.stream().noneMatch(window -> window.contains(time));
  }
}
