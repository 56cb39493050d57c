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
  private final SeenEvents seen;
  private final @Nullable Groups groups;
  private final long[] counts;
  private long unpublished;
  private long duplicates;
  private long unidentified;

  ViolationTally(RuleTable rules, SeenEvents seen, @Nullable Groups groups) {
    this.rules = rules;
    this.seen = seen;
    this.groups = groups;
    this.counts = new long[rules.size()];
  }

  /** Adds the events between two places. */
  void add(FoundEvents found, int from, int to, Input input) throws IOException {
    for (int place = from; place < to; place = found.next()) {
      found.go(place);
      if (isFirst(found)) {
        count(found);
        if (groups != null) {
          groups.add(found, input);
        }
      }
    }
  }

  private boolean isFirst(FoundEvents found) throws IOException {
    if (found.eventLength() == EventView.ABSENT) {
      unidentified++;
      return true;
    }
    boolean first =
        seen.add(
            found.ids(),
            found.sessionFrom(),
            found.sessionLength(),
            found.eventFrom(),
            found.eventLength(),
            found.sequence());
    if (!first) {
      duplicates++;
    }
    return first;
  }

  private void count(FoundEvents found) {
    for (int i = 0; i < found.ruleCount(); i++) {
      counts[found.rule(i)]++;
    }
    unpublished += found.unpublished();
  }

  RuleCounts counts() {
    return rules.counts(counts);
  }

  long unpublished() {
    return unpublished;
  }

  long duplicates() {
    return duplicates;
  }

  long unidentified() {
    return unidentified;
  }
}
