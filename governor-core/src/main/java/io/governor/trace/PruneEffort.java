package io.governor.trace;

/**
 * How much one step of automatic pruning may do. Immutable.
 *
 * @param parts how many parts of the listing, each of about {@value PruneSurvey#PART} traces
 * @param removals how many traces are removed
 * @param mostRead how many bytes a trace may have to be read for the head that goes on record
 */
record PruneEffort(int parts, int removals, long mostRead) {

  /** Where somebody waits: a few milliseconds, in a process that has just started too. */
  static final PruneEffort IN_PASSING = new PruneEffort(1, 4, 0);

  /** Where nobody waits. */
  static final PruneEffort AT_LEISURE = new PruneEffort(64, 512, Long.MAX_VALUE);
}
