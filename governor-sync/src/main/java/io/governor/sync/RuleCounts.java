package io.governor.sync;

import io.governor.RuleId;
import io.governor.standard.StandardRules;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How often each rule fired. One occurrence is one rule id among one event's violations. Counts
 * form a commutative monoid under {@link #plus} with {@link #NONE} as its zero, so they may be
 * taken apart by files, threads or machines and added up in any order. Immutable; safe to share
 * between threads.
 *
 * <p>A rule that is published but never fired stands here with 0. That differs from a rule that is
 * not here at all, about which the counts say nothing.
 *
 * @param byRule ascending by rule id; no count is negative
 */
public record RuleCounts(SortedMap<RuleId, Long> byRule) {

  /** Counts of no rule. */
  public static final RuleCounts NONE = new RuleCounts(new TreeMap<>());

  /**
   * @throws IllegalArgumentException if a count is negative
   */
  public RuleCounts {
    // In the order of rule ids, whatever order the given map has.
    SortedMap<RuleId, Long> copy = new TreeMap<>();
    for (Map.Entry<RuleId, Long> rule : byRule.entrySet()) {
      if (rule.getValue() < 0) {
        throw new IllegalArgumentException("the count of " + rule.getKey() + " is negative");
      }
      copy.put(rule.getKey(), rule.getValue());
    }
    byRule = Collections.unmodifiableSortedMap(copy);
  }

  /** Zero for each standard rule and each further rule that is published. */
  public static RuleCounts zero(Collection<RuleId> published) {
    SortedMap<RuleId, Long> zeros = new TreeMap<>();
    for (RuleId id : StandardRules.ALL) {
      zeros.put(id, 0L);
    }
    for (RuleId id : published) {
      zeros.put(id, 0L);
    }
    return new RuleCounts(zeros);
  }

  /** How often the rule fired; 0 for a rule these counts do not have. */
  public long of(RuleId id) {
    return byRule.getOrDefault(id, 0L);
  }

  /**
   * Both counts together, with every rule that either has.
   *
   * @throws ArithmeticException if a sum is too large for a long
   */
  public RuleCounts plus(RuleCounts other) {
    SortedMap<RuleId, Long> sum = new TreeMap<>(byRule);
    other.byRule.forEach((id, count) -> sum.merge(id, count, (a, b) -> add(id, a, b)));
    return new RuleCounts(sum);
  }

  private static long add(RuleId id, long a, long b) {
    if (a > Long.MAX_VALUE - b) {
      throw new ArithmeticException("the count of " + id + " is larger than " + Long.MAX_VALUE);
    }
    return a + b;
  }
}
