package io.governor.policy;

/** Tells conditions that depend on the call alone from those that look at a clock or at files. */
final class Purity {

  private Purity() {}

  static boolean dependsOnTheCallAlone(Condition condition) {
    if (condition instanceof Condition.All all) {
      return all.conditions().stream().allMatch(Purity::dependsOnTheCallAlone);
    }
    if (condition instanceof Condition.Any any) {
      return any.conditions().stream().allMatch(Purity::dependsOnTheCallAlone);
    }
    if (condition instanceof Condition.Not not) {
      return dependsOnTheCallAlone(not.condition());
    }
    if (condition instanceof Condition.Argument argument) {
      return !isInside(argument.comparison());
    }
    return !(condition instanceof Condition.Time)
        && !(condition instanceof Condition.Command command && !command.touches().isEmpty());
  }

  private static boolean isInside(Comparison comparison) {
    return comparison instanceof Comparison.Inside
        || (comparison instanceof Comparison.Not not && isInside(not.comparison()));
  }
}
