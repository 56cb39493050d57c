package io.governor;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Events of a session that could not be recorded, by reason, until the next event that can be tells
 * them (execution record, section 3). Those of earlier processes come with the session's state.
 * Guarded by the session's lock.
 */
final class Losses {

  private final SortedMap<String, Long> inherited = new TreeMap<>();
  private final SortedMap<String, Long> own = new TreeMap<>();

  /** What the state told; it replaces what an earlier state told. */
  void inherit(SortedMap<String, Long> kept) {
    inherited.clear();
    inherited.putAll(kept);
  }

  void add(String reason) {
    add(reason, 1);
  }

  void add(String reason, long events) {
    if (events > 0) {
      own.merge(reason, events, Long::sum);
    }
  }

  boolean isEmpty() {
    return own.isEmpty() && inherited.isEmpty();
  }

  /** All that is still to be told. */
  SortedMap<String, Long> untold() {
    SortedMap<String, Long> all = new TreeMap<>(inherited);
    for (Map.Entry<String, Long> each : own.entrySet()) {
      all.merge(each.getKey(), each.getValue(), Long::sum);
    }
    return all;
  }

  /** An event on record has told everything; or the state keeps it and will give it back. */
  void clear() {
    own.clear();
    inherited.clear();
  }
}
