package io.governor.policy;

import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Tells what conditions need beside the call: a clock, files, or a budget for patterns. */
final class Purity {

  private Purity() {}

  /** Whether a pattern or glob in it reads arguments, which costs budget. */
  static boolean searches(Condition condition) {
    return any(
        condition,
        leaf -> leaf instanceof Condition.Argument argument && searches(argument.comparison()));
  }

  private static boolean searches(Comparison comparison) {
    return comparison instanceof Comparison.Matches
        || comparison instanceof Comparison.MatchesGlob
        || (comparison instanceof Comparison.Not not && searches(not.comparison()));
  }

  /** Whether it asks for arguments, and so fails where they cannot be read. */
  static boolean readsArguments(Condition condition) {
    return any(condition, Purity::isOfArguments);
  }

  /** Whether it asks for arguments before anything else, and so always fails there. */
  static boolean readsArgumentsFirst(@Nullable Condition condition) {
    return condition != null
        && (isOfArguments(condition)
            || ConditionParts.of(condition).stream()
                .limit(1)
                .anyMatch(Purity::readsArgumentsFirst));
  }

  private static boolean isOfArguments(Condition leaf) {
    return leaf instanceof Condition.Argument || leaf instanceof Condition.Command;
  }

  /** Whether neither a clock nor files matter to it. */
  static boolean dependsOnTheCallAlone(Condition condition) {
    return !any(condition, Purity::looksElsewhere);
  }

  private static boolean looksElsewhere(Condition leaf) {
    return leaf instanceof Condition.Time
        || (leaf instanceof Condition.Command command && !command.touches().isEmpty())
        || (leaf instanceof Condition.Argument argument && isInside(argument.comparison()));
  }

  private static boolean isInside(Comparison comparison) {
    return comparison instanceof Comparison.Inside
        || (comparison instanceof Comparison.Not not && isInside(not.comparison()));
  }

  /** Whether it holds of one of the conditions that are not put together of others. */
  private static boolean any(Condition condition, Predicate<Condition> holds) {
    if (condition instanceof Condition.Not not) {
      return any(not.condition(), holds);
    }
    List<Condition> parts =
        condition instanceof Condition.All all
            ? all.conditions()
            : condition instanceof Condition.Any any ? any.conditions() : List.of();
    return parts.isEmpty()
        ? holds.test(condition)
        : parts.stream().anyMatch(part -> any(part, holds));
  }
}
