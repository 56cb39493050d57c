package io.governor.benchmarks.count;

import io.governor.RuleId;
import io.governor.sync.RuleCounts;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a contender came to. What it does not look at is null, and agrees with everything.
 *
 * @param lines lines, or events
 * @param rules occurrences by published rule, and those of all others together
 */
record Counted(@Nullable Long lines, @Nullable Map<String, Long> rules) {

  static final String OTHERS = "others";

  /** From occurrences by every rule there is. */
  static Counted of(@Nullable Long lines, Map<String, Long> found) {
    Map<String, Long> rules = new TreeMap<>();
    for (RuleId published : RuleCounts.zero(RecordedSessions.PUBLISHED).byRule().keySet()) {
      rules.put(published.value(), 0L);
    }
    found.forEach(
        (rule, count) -> rules.merge(rules.containsKey(rule) ? rule : OTHERS, count, Long::sum));
    return new Counted(lines, rules);
  }

  boolean agreesWith(Counted other) {
    return agree(lines, other.lines) && agree(rules, other.rules);
  }

  private static boolean agree(@Nullable Object one, @Nullable Object other) {
    return one == null || other == null || one.equals(other);
  }
}
