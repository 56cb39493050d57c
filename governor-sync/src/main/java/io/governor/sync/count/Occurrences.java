package io.governor.sync.count;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** How often rules fired, each event once. Confined to one thread at a time. */
final class Occurrences {

  private final Records form;

  /** For each group the counts by rule, and then how many events; no groups are one. */
  private final List<long[]> byGroup = new ArrayList<>();

  private long unpublished;
  private long events;

  Occurrences(Records form) {
    this.form = form;
  }

  /** Adds events that are not met anywhere else. */
  void add(long[] records, int end) {
    for (int at = 0; at < end; at += form.width()) {
      long[] counts = group(form.group(records, at));
      form.addTo(counts, records, at);
      counts[form.rules()]++;
      unpublished += Records.unpublished(records, at);
      events++;
    }
  }

  /** Adds an event that counts, whatever others there are. */
  void add(FoundEvents found, int group) {
    long[] counts = group(group);
    for (int i = 0; i < found.ruleCount(); i++) {
      counts[found.rule(i)]++;
    }
    counts[form.rules()]++;
    unpublished += found.unpublished();
    events++;
  }

  void add(Occurrences others) {
    for (int i = 0; i < others.byGroup.size(); i++) {
      long[] mine = group(i);
      long[] theirs = others.byGroup.get(i);
      Arrays.setAll(mine, rule -> mine[rule] + theirs[rule]);
    }
    unpublished += others.unpublished;
    events += others.events;
  }

  private long[] group(int number) {
    while (byGroup.size() <= number) {
      byGroup.add(new long[form.rules() + 1]);
    }
    return byGroup.get(number);
  }

  /** How often each rule fired, by its number. */
  long[] byRule() {
    long[] all = new long[form.rules()];
    byGroup.forEach(one -> Arrays.setAll(all, rule -> all[rule] + one[rule]));
    return all;
  }

  /** How often each rule fired in the events of a group. */
  long[] byRule(int group) {
    return group < byGroup.size()
        ? Arrays.copyOf(byGroup.get(group), form.rules())
        : new long[form.rules()];
  }

  /** How many different events were in a group. */
  long events(int group) {
    return group < byGroup.size() ? byGroup.get(group)[form.rules()] : 0;
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
