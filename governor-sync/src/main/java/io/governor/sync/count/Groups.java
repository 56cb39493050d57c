package io.governor.sync.count;

import io.governor.sync.GroupedCounts;
import io.governor.sync.Grouping;
import io.governor.sync.RuleCounts;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Counts by group. Confined to one thread at a time. */
final class Groups {

  private static final String NONE = "";
  private static final int HOUR = 3600;
  private static final int DAY_LENGTH = "2026-04-14".length();
  private static final int HOUR_LENGTH = "2026-04-14T09".length();

  private final Grouping grouping;
  private final RuleTable rules;
  private final Map<String, long[]> groups = new HashMap<>();
  private final long[] beyond;

  /** The hour whose name was made last: most events are of the same one. */
  private long hour = Long.MIN_VALUE;

  private String hourName = NONE;
  private @Nullable String file;
  private String folder = NONE;

  Groups(Grouping grouping, RuleTable rules) {
    this.grouping = grouping;
    this.rules = rules;
    this.beyond = new long[rules.size()];
  }

  /** Adds an event that counts. */
  void add(FoundEvents found, Input from) {
    long[] counts = group(name(found, from));
    for (int i = 0; i < found.ruleCount(); i++) {
      counts[found.rule(i)]++;
    }
  }

  private long[] group(String name) {
    long[] known = groups.get(name);
    if (known != null) {
      return known;
    }
    if (groups.size() == GroupedCounts.MOST_GROUPS || name.length() > GroupedCounts.LONGEST_NAME) {
      return beyond;
    }
    long[] counts = new long[rules.size()];
    groups.put(name, counts);
    return counts;
  }

  private String name(FoundEvents found, Input from) {
    return switch (grouping) {
      case DAY -> time(found.second(), DAY_LENGTH);
      case HOUR -> time(found.second(), HOUR_LENGTH);
      case SESSION -> session(found);
      case SURFACE -> folder(from);
    };
  }

  private String time(long second, int length) {
    if (second == EventView.NO_TIME) {
      return NONE;
    }
    long newHour = Math.floorDiv(second, HOUR);
    if (newHour != hour) {
      hour = newHour;
      hourName = Instant.ofEpochSecond(second).toString().substring(0, length);
    }
    return hourName;
  }

  private static String session(FoundEvents found) {
    // Longer ones make no group, so that their ends do not matter.
    int length = Math.min(found.sessionLength(), 4 * GroupedCounts.LONGEST_NAME);
    return new String(found.ids(), found.sessionFrom(), length, StandardCharsets.UTF_8);
  }

  private String folder(Input from) {
    if (!from.name().equals(file)) {
      file = from.name();
      folder = from.folder();
    }
    return folder;
  }

  SortedMap<String, RuleCounts> counts() {
    SortedMap<String, RuleCounts> counts = new TreeMap<>();
    groups.forEach((name, byNumber) -> counts.put(name, rules.counts(byNumber)));
    return counts;
  }

  RuleCounts beyond() {
    return rules.counts(beyond);
  }
}
