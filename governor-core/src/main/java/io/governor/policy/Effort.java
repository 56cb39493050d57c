package io.governor.policy;

import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the review of one document may cost, and what it has worked out already. When it is spent,
 * less is found; what is found stays true. Used by one thread.
 */
final class Effort {

  /** Steps of about a microsecond for all rules together. */
  private static final int MOST = 500_000;

  /** What each rule has for itself, so that none takes it from the others. */
  private static final int OF_EACH = 300;

  private int left = MOST;
  private int own;
  private final IdentityHashMap<Comparison, Check.OfValue> wanted = new IdentityHashMap<>();
  private final IdentityHashMap<Comparison, Check.OfValue> unwanted = new IdentityHashMap<>();
  private final Map<String, List<Wildcard>> globs = new HashMap<>();

  /** Begins with another rule. */
  void next() {
    own = OF_EACH;
  }

  /** Whether there is so much left; it is taken. */
  boolean spend(long steps) {
    if (steps <= own) {
      own -= (int) steps;
      return true;
    }
    if (steps <= left) {
      left -= (int) steps;
      return true;
    }
    return false;
  }

  /** A comparison as the evaluator knows it, where it is to be satisfied or where it is not. */
  Check.OfValue check(Comparison comparison, boolean isWanted) {
    return (isWanted ? wanted : unwanted)
        .computeIfAbsent(comparison, each -> ValueChecks.of(each, isWanted));
  }

  /** What a glob is made of; empty where that cannot be said. */
  List<Wildcard> glob(String glob) {
    return globs.computeIfAbsent(glob, Wildcard::of);
  }
}
