package io.governor.sync.count;

import io.governor.sync.CountReport;
import java.util.List;

/**
 * What counting slices came to. Immutable.
 *
 * @param report what was counted over all of them
 * @param consumed for each slice, in the order they were given, the offset behind the last line
 *     that was dealt with, counted or reported: where a later slice of the same file begins. A last
 *     line without a line end was dealt with when it is an event; otherwise it is torn, is reported
 *     as such, and begins there. {@link #UNREAD} for a slice that could not be read to its end
 * @param events for each slice, how many of its events it was asked for
 */
public record SliceCount(CountReport report, List<Long> consumed, List<Long> events) {

  /** What is told of a slice that could not be read to its end. */
  public static final long UNREAD = -1;

  public SliceCount {
    consumed = List.copyOf(consumed);
    events = List.copyOf(events);
  }
}
