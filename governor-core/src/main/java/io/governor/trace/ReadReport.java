package io.governor.trace;

import java.util.ArrayList;
import java.util.List;

/**
 * What a reading came to. Immutable; reports of several readings add up.
 *
 * @param events lines that were events
 * @param malformed lines that were none, blank and torn ones aside
 * @param torn last lines without a line end that did not parse: a write was cut off, or is under
 *     way; those that are too long or too deep are malformed
 * @param unreadable files and directories that could not be opened
 * @param problems the first {@value #NAMED_PER_SOURCE} malformed lines of each source and how many
 *     more there are, every torn line, and every unreadable entry
 */
public record ReadReport(
    long events, long malformed, long torn, long unreadable, List<ReadProblem> problems) {

  /** How many malformed lines of a source are named one by one. */
  public static final int NAMED_PER_SOURCE = 20;

  /** The report of reading nothing. */
  public static final ReadReport EMPTY = new ReadReport(0, 0, 0, 0, List.of());

  public ReadReport {
    problems = List.copyOf(problems);
  }

  /** Both readings together, this one's problems first. */
  public ReadReport plus(ReadReport other) {
    List<ReadProblem> all = new ArrayList<>(problems);
    all.addAll(other.problems);
    return new ReadReport(
        events + other.events,
        malformed + other.malformed,
        torn + other.torn,
        unreadable + other.unreadable,
        all);
  }
}
