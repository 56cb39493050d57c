package io.governor.sync;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A count, and the same taken apart by group. The counts of all groups and of {@link #beyond} add
 * up to those of the report. Immutable; safe to share between threads.
 *
 * @param report the whole
 * @param groups what counted in each group, ascending by its name; a group in which nothing counted
 *     is not there. The empty name stands for events without what groups are made of, a time or a
 *     session, and for those of a stream where it is the surface
 * @param beyond what counted in groups that are not there by name: those beyond the first {@value
 *     #MOST_GROUPS} that were met, and those whose names are longer than {@value #LONGEST_NAME}
 *     characters
 */
public record GroupedCounts(
    CountReport report, SortedMap<String, RuleCounts> groups, RuleCounts beyond) {

  /** How many groups are kept apart. */
  public static final int MOST_GROUPS = 100_000;

  /** How long the name of a group may be. */
  public static final int LONGEST_NAME = 256;

  public GroupedCounts {
    groups = Collections.unmodifiableSortedMap(new TreeMap<>(groups));
  }
}
