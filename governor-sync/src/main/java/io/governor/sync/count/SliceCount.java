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
 *     as such, and begins there. For a slice that could not be read it is where the reading ended
 * @param events for each slice, how many of its events it was asked for
 */
public record SliceCount(CountReport report, List<Long> consumed, List<Long> events) {

  public SliceCount {
    consumed = List.copyOf(consumed);
    events = List.copyOf(events);
  }
}
