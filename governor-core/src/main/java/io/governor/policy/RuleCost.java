package io.governor.policy;

/** Adds up what a rule may cost, so that no call becomes slow through one. Used by one thread. */
final class RuleCost {

  private int conditions;
  private long patterns;

  void addCondition() {
    conditions++;
  }

  void addPattern(long size) {
    patterns += size;
  }

  long patterns() {
    return patterns;
  }

  /** Refuses a rule that is over its budget, with the figure. */
  void check(Located rule) {
    if (conditions > PolicyBounds.CONDITIONS) {
      rule.refuse(
          "over the cost budget: expected at most "
              + PolicyBounds.CONDITIONS
              + " conditions and comparisons, got "
              + conditions);
    }
    if (patterns > PolicyBounds.RULE_PATTERNS) {
      rule.refuse(
          "over the cost budget: expected patterns of at most "
              + PolicyBounds.RULE_PATTERNS
              + " characters with their repetitions written out, got "
              + patterns);
    }
  }
}
