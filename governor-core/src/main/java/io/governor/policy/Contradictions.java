package io.governor.policy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Finds conditions that hold for no call. It finds what people write by mistake, not everything: a
 * condition it lets pass may still never hold; one it refuses never does. Stateless.
 */
final class Contradictions {

  private Contradictions() {}

  /** Why the condition never holds, or null. */
  static @Nullable String in(Condition condition) {
    if (condition instanceof Condition.Any any) {
      List<String> reasons = new ArrayList<>();
      for (Condition branch : any.conditions()) {
        String reason = in(branch);
        if (reason == null) {
          return null;
        }
        reasons.add(reason);
      }
      return reasons.get(0);
    }
    if (condition instanceof Condition.Not) {
      return null;
    }
    return inAll(ConditionParts.together(condition));
  }

  /** Why a branch of some {@code any} never holds, where the whole may. */
  static Optional<String> inBranches(Condition condition) {
    for (Condition part : ConditionParts.of(condition)) {
      String reason = condition instanceof Condition.Any ? in(part) : null;
      Optional<String> found = reason == null ? inBranches(part) : Optional.of(reason);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private static @Nullable String inAll(List<Condition> together) {
    Set<Condition> positive = new HashSet<>(together);
    for (Condition condition : together) {
      if (condition instanceof Condition.Not not && positive.contains(not.condition())) {
        return "it asks for a condition and its opposite";
      }
      String reason = condition instanceof Condition.Any ? in(condition) : null;
      if (reason != null) {
        return reason;
      }
    }
    String reason = inArguments(together);
    return reason == null ? inFacts(together) : reason;
  }

  /** Comparisons of one argument; with a pointer to many, each may be satisfied by another. */
  private static @Nullable String inArguments(List<Condition> together) {
    Map<ArgumentPointer, List<Comparison>> byPointer = new LinkedHashMap<>();
    for (Condition condition : together) {
      Condition.Argument argument = argument(condition);
      if (argument != null && !argument.pointer().isMany()) {
        byPointer
            .computeIfAbsent(argument.pointer(), pointer -> new ArrayList<>())
            .add(argument.comparison());
      } else if (argument != null && ComparisonSet.impossible(List.of(argument.comparison()))) {
        return impossible(argument.pointer());
      }
    }
    for (Map.Entry<ArgumentPointer, List<Comparison>> entry : byPointer.entrySet()) {
      if (ComparisonSet.impossible(entry.getValue())) {
        return impossible(entry.getKey());
      }
    }
    return null;
  }

  /** A comparison of an argument, negated as a condition or by itself. */
  private static Condition.@Nullable Argument argument(Condition condition) {
    if (condition instanceof Condition.Not not
        && not.condition() instanceof Condition.Argument argument
        && !argument.pointer().isMany()) {
      return new Condition.Argument(argument.pointer(), new Comparison.Not(argument.comparison()));
    }
    return condition instanceof Condition.Argument argument ? argument : null;
  }

  private static String impossible(ArgumentPointer pointer) {
    return "no value of the argument \"" + pointer + "\" satisfies all its comparisons";
  }

  private static @Nullable String inFacts(List<Condition> together) {
    if (disjoint(together, Condition.OperationIs.class, Condition.OperationIs::operations)) {
      return "no operation is in all its lists under operation";
    }
    if (disjoint(together, Condition.OriginIs.class, Condition.OriginIs::origins)) {
      return "no origin is in all its lists under origin";
    }
    if (both(together, Condition.Command::destructive)) {
      return "no command is destructive and is not";
    }
    return both(together, Condition.Command::complete) ? "no command is complete and is not" : null;
  }

  private static <C extends Condition> boolean disjoint(
      List<Condition> together, Class<C> kind, Function<C, Set<?>> values) {
    Set<Object> common = null;
    for (Condition condition : together) {
      if (kind.isInstance(condition)) {
        Set<?> own = values.apply(kind.cast(condition));
        if (common == null) {
          common = new HashSet<>(own);
        } else {
          common.retainAll(own);
        }
      }
    }
    return common != null && common.isEmpty();
  }

  private static boolean both(
      List<Condition> together, Function<Condition.Command, @Nullable Boolean> fact) {
    Set<Boolean> asked = new HashSet<>();
    for (Condition condition : together) {
      if (condition instanceof Condition.Command command) {
        Boolean value = fact.apply(command);
        if (value != null) {
          asked.add(value);
        }
      }
    }
    return asked.size() > 1;
  }
}
