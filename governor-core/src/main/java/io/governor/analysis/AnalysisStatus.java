package io.governor.analysis;

import java.util.Locale;

/** How far the result of an analysis can be trusted (execution record, sections 12.1 and 12.4). */
public enum AnalysisStatus {
  /** The figures are complete. */
  OK(Reach.USABLE),
  /** Complete, and no rule was violated. */
  NO_VIOLATIONS(Reach.USABLE),
  /** No event names a model turn. */
  NO_TURNS(Reach.LIMITED),
  /** There are turns, but none says what it used. */
  NO_TOKEN_DATA(Reach.LIMITED),
  /** Something could not be attributed or read; the counters say what. */
  PARTIAL(Reach.PARTIAL);

  /** What a status means for the {@link Pulse}. */
  enum Reach {
    USABLE,
    LIMITED,
    PARTIAL
  }

  private final Reach reach;
  private final String wireName = name().toLowerCase(Locale.ROOT);

  AnalysisStatus(Reach reach) {
    this.reach = reach;
  }

  Reach reach() {
    return reach;
  }

  /** The word used in output. */
  public String wireName() {
    return wireName;
  }

  /** The status by section 12.1, given the analysis's own. */
  static AnalysisStatus of(Turns turns, Counters counters, AnalysisStatus own) {
    if (turns.all().isEmpty()) {
      return NO_TURNS;
    }
    if (turns.all().stream().noneMatch(Turns.Turn::hasTokens)) {
      return NO_TOKEN_DATA;
    }
    return counters.anythingAmiss() ? PARTIAL : own;
  }
}
