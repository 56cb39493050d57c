package io.governor.sync.count;

import io.governor.sync.RuleCounts;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Counts events with violations, in their order: each once, however often it stands in the sources.
 * Confined to one thread at a time.
 */
final class ViolationTally {

  private final RuleTable rules;
  private final @Nullable Groups groups;
  private final @Nullable FirstOccurrences events;
  private final FirstOccurrences.@Nullable Recorder recorder;
  private final Occurrences counted;
  private long order;
  private long duplicates;
  private long unidentified;

  /**
   * @param events what finds copies, or null where there are none
   */
  ViolationTally(RuleTable rules, @Nullable FirstOccurrences events, @Nullable Groups groups) {
    this.rules = rules;
    this.groups = groups;
    this.events = events;
    this.recorder = events == null ? null : events.recorder();
    this.counted = new Occurrences(new Records(rules.size(), groups != null));
  }

  /** Adds the events between two places. */
  void add(FoundEvents found, int from, int to, Input input) throws IOException {
    for (int place = from; place < to; place = found.next()) {
      found.go(place);
      int group = groups == null ? 0 : groups.number(found, input);
      boolean unknown = found.eventLength() == EventView.ABSENT;
      if (unknown) {
        unidentified++;
      }
      if (recorder == null || unknown) {
        counted.add(found, group);
      } else {
        recorder.in(group);
        recorder.add(found, order++);
      }
    }
  }

  /** Counts what could not be counted before everything was read. */
  void finish(int threads) throws IOException {
    if (events != null) {
      Occurrences firsts = events.occurrences(threads);
      duplicates = events.added() - firsts.events();
      counted.add(firsts);
    }
    if (groups != null) {
      groups.counted(counted);
    }
  }

  RuleCounts counts() {
    return rules.counts(counted.byRule());
  }

  long unpublished() {
    return counted.unpublished();
  }

  long duplicates() {
    return duplicates;
  }

  long unidentified() {
    return unidentified;
  }
}
