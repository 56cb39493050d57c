package io.governor.sync.ledger;

import io.governor.sync.TimeWindow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Spans of time that were sent, as few as say the same. Stateless. */
final class Windows {

  private Windows() {}

  /** All of them and one more, ascending; what touches or overlaps becomes one. */
  static List<TimeWindow> plus(List<TimeWindow> windows, TimeWindow more) {
    List<TimeWindow> all = new ArrayList<>(windows);
    all.add(more);
    all.sort((a, b) -> a.start().compareTo(b.start()));
    List<TimeWindow> merged = new ArrayList<>();
    for (TimeWindow next : all) {
      int last = merged.size() - 1;
      if (last >= 0 && !next.start().isAfter(merged.get(last).end())) {
        merged.set(last, joined(merged.get(last), next));
      } else {
        merged.add(next);
      }
    }
    return merged;
  }

  private static TimeWindow joined(TimeWindow a, TimeWindow b) {
    Instant end = a.end().isAfter(b.end()) ? a.end() : b.end();
    return new TimeWindow(a.start(), end);
  }

  /** Those that share an instant with the window. */
  static List<TimeWindow> overlapping(List<TimeWindow> windows, TimeWindow asked) {
    return windows.stream()
        .filter(sent -> sent.start().isBefore(asked.end()) && asked.start().isBefore(sent.end()))
        .toList();
  }
}
