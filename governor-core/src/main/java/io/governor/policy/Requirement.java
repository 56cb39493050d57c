package io.governor.policy;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds in a condition the one comparison without which it cannot hold and by which rules can be
 * looked up, the most telling first.
 */
final class Requirement {

  private Requirement() {}

  static Condition.@Nullable Argument of(@Nullable Condition condition) {
    if (condition instanceof Condition.Argument argument) {
      return rank(argument) > 0 ? argument : null;
    }
    if (condition instanceof Condition.All all) {
      return best(all.conditions());
    }
    return condition instanceof Condition.Any any && any.conditions().size() == 1
        ? of(any.conditions().get(0))
        : null;
  }

  private static Condition.@Nullable Argument best(List<Condition> conditions) {
    Condition.Argument best = null;
    for (Condition condition : conditions) {
      Condition.Argument found = of(condition);
      if (found != null && (best == null || rank(found) > rank(best))) {
        best = found;
      }
    }
    return best;
  }

  /** How few values a comparison lets through; 0 when rules cannot be looked up by it. */
  private static int rank(Condition.Argument argument) {
    if (argument.pointer().isMany()) {
      return 0;
    }
    Comparison comparison = argument.comparison();
    if (comparison instanceof Comparison.EqualTo equal) {
      return isScalar(equal.value()) ? 6 : 0;
    }
    if (comparison instanceof Comparison.In in) {
      return in.values().stream().allMatch(Requirement::isScalar) ? 5 : 0;
    }
    if (comparison instanceof Comparison.StartsWith start) {
      return start.prefix().isEmpty() ? 0 : 4;
    }
    if (comparison instanceof Comparison.Contains contains) {
      return contains.text().isEmpty() ? 0 : 3;
    }
    return comparison instanceof Comparison.GreaterThan || comparison instanceof Comparison.LessThan
        ? 1
        : 0;
  }

  private static boolean isScalar(@Nullable Object value) {
    return !(value instanceof List<?> || value instanceof Map<?, ?>);
  }
}
