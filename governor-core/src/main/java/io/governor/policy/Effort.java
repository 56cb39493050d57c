package io.governor.policy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the review of one document may cost, and what it has worked out already. When it is spent,
 * less is found; what is found stays true. Used by one thread.
 */
final class Effort {

  /** Steps of well under a microsecond each. */
  private static final int MOST = 2_000_000;

  private int left = MOST;
  private final Map<Literal, Check.OfValue> checks = new HashMap<>();
  private final Map<String, List<Wildcard>> globs = new HashMap<>();

  /** Whether there is so much left; it is taken. */
  boolean spend(long steps) {
    if (steps > left) {
      return false;
    }
    left -= (int) steps;
    return true;
  }

  /** The comparison of an argument's literal as the evaluator knows it. */
  Check.OfValue check(Literal literal, Comparison comparison) {
    return checks.computeIfAbsent(
        literal, each -> ValueChecks.of(comparison, literal.wanted()));
  }

  /** What a glob is made of; empty where that cannot be said. */
  List<Wildcard> glob(String glob) {
    return globs.computeIfAbsent(glob, Wildcard::of);
  }
}
