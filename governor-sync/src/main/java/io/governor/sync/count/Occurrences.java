package io.governor.sync.count;

import java.util.Arrays;

/**
 * How often rules fired, each event once.
 *
 * <p>Not safe for use by several threads.
 */
final class Occurrences {

  private final Records form;
  private final long[] byRule;
  private long unpublished;
  private long events;

  Occurrences(Records form, int rules) {
    this.form = form;
    this.byRule = new long[rules];
  }

  /** Adds events that are not met anywhere else. */
  void add(long[] records, int end) {
    for (int at = 0; at < end; at += form.width()) {
      form.addTo(byRule, records, at);
      unpublished += Records.unpublished(records, at);
      events++;
    }
  }

  void add(Occurrences others) {
    Arrays.setAll(byRule, i -> byRule[i] + others.byRule[i]);
    unpublished += others.unpublished;
    events += others.events;
  }

  /** How often the rule of this number fired. */
  long of(int rule) {
    return byRule[rule];
  }

  /** How often rules fired that are not published. */
  long unpublished() {
    return unpublished;
  }

  /** How many different events there were. */
  long events() {
    return events;
  }
}
