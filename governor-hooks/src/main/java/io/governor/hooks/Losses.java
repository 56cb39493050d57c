package io.governor.hooks;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Counts of events that could not be recorded, by reason. */
final class Losses {

  private Losses() {}

  /** What was added to the counts. */
  static SortedMap<String, Long> since(
      SortedMap<String, Long> before, SortedMap<String, Long> now) {
    SortedMap<String, Long> added = new TreeMap<>();
    for (Map.Entry<String, Long> lost : now.entrySet()) {
      long more = lost.getValue() - before.getOrDefault(lost.getKey(), 0L);
      if (more > 0) {
        added.put(lost.getKey(), more);
      }
    }
    return added;
  }

  static String told(SortedMap<String, Long> lost) {
    long events = lost.values().stream().mapToLong(Long::longValue).sum();
    return "events that could not be recorded: "
        + events
        + " ("
        + String.join(", ", lost.keySet())
        + "); the agent goes on";
  }
}
