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

/** Tells groups apart, and what was counted in each. Confined to one thread at a time. */
final class Groups {

  private static final String NONE = "";

  /** The number of the groups that are not kept apart. */
  private static final int BEYOND = 0;

  private static final int HOUR = 3600;
  private static final int DAY_LENGTH = "2026-04-14".length();
  private static final int HOUR_LENGTH = "2026-04-14T09".length();

  private final Grouping grouping;
  private final RuleTable rules;

  /** Numbers from 1. */
  private final Map<String, Integer> groups = new HashMap<>();

  private @Nullable Occurrences counted;

  /** The hour whose name was made last: most events are of the same one. */
  private long hour = Long.MIN_VALUE;

  private String hourName = NONE;
  private @Nullable String file;
  private String folder = NONE;

  Groups(Grouping grouping, RuleTable rules) {
    this.grouping = grouping;
    this.rules = rules;
  }

  /** The number of the group that an event is in. */
  int number(FoundEvents found, Input from) {
    String name = name(found, from);
    Integer known = groups.get(name);
    if (known != null) {
      return known;
    }
    if (groups.size() == GroupedCounts.MOST_GROUPS || name.length() > GroupedCounts.LONGEST_NAME) {
      return BEYOND;
    }
    groups.put(name, groups.size() + 1);
    return groups.size();
  }

  /** Takes what was counted, by these numbers. */
  void counted(Occurrences all) {
    counted = all;
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
    groups.forEach((name, number) -> put(name, number, counts));
    return counts;
  }

  /** A group that was met only in copies is none. */
  private void put(String name, int number, SortedMap<String, RuleCounts> counts) {
    if (counted != null && counted.events(number) > 0) {
      counts.put(name, rules.counts(counted.byRule(number)));
    }
  }

  RuleCounts beyond() {
    return rules.counts(counted == null ? new long[rules.size()] : counted.byRule(BEYOND));
  }
}
