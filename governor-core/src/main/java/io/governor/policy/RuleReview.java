package io.governor.policy;

import io.governor.Mode;
import io.governor.pattern.Glob;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Looks at rules that are right in themselves for what cannot be meant: rules that match nothing
 * are errors; parts of rules that match nothing, rules that another one makes superfluous, and
 * negations that hold for calls they were not written for, are warnings. What it says is so; it
 * does not find everything. Stateless.
 */
final class RuleReview {

  private RuleReview() {}

  static void review(List<RuleReading.Found> rules, Mode mode) {
    Effort effort = new Effort();
    for (RuleReading.Found found : rules) {
      effort.next();
      refuseUnreachable(found, effort);
      warnOfAbsent(found);
    }
    new ShadowedRules(rules, mode, new Effort()).warn();
  }

  private static void refuseUnreachable(RuleReading.Found found, Effort effort) {
    PolicyRule rule = found.rule();
    Condition when = rule.when();
    if (when != null) {
      String reason = UnreachableRule.reason(rule.tools(), when, effort);
      Located place = at(found.at(), "when");
      if (reason != null) {
        place.refuse("this rule never matches: " + reason);
      } else {
        new DeadBranches(rule, effort).warn(when, place);
      }
    }
  }

  /**
   * An absent argument satisfies no comparison, so what is negated holds. Of one tool that is what
   * lists of the permitted are for; of every tool it reaches all that have no such argument.
   */
  private static void warnOfAbsent(RuleReading.Found found) {
    Condition when = found.rule().when();
    if (when == null || !isOfEveryTool(found.rule())) {
      return;
    }
    Set<ArgumentPointer> present = new HashSet<>();
    List<Condition> together = ConditionParts.together(when);
    for (Condition condition : together) {
      addPresent(condition, present);
    }
    for (Condition condition : together) {
      ArgumentPointer pointer = negated(condition);
      if (pointer != null && !present.contains(pointer)) {
        at(found.at(), "when")
            .warn(
                "this holds for every call without the argument \""
                    + pointer
                    + "\", whatever its tool; name the tools, or add {arg: "
                    + pointer
                    + ", present: true}");
      }
    }
  }

  private static boolean isOfEveryTool(PolicyRule rule) {
    for (String tool : rule.tools()) {
      if (Glob.of(tool).isEverything()) {
        return true;
      }
    }
    return false;
  }

  private static @Nullable ArgumentPointer negated(Condition condition) {
    if (condition instanceof Condition.Not not
        && not.condition() instanceof Condition.Argument argument
        && isOfValue(argument.comparison())) {
      return argument.pointer();
    }
    return condition instanceof Condition.Argument argument
            && argument.comparison() instanceof Comparison.Not not
            && isOfValue(not.comparison())
        ? argument.pointer()
        : null;
  }

  private static boolean isOfValue(Comparison comparison) {
    return !(comparison instanceof Comparison.Present) && !(comparison instanceof Comparison.Not);
  }

  private static void addPresent(Condition condition, Set<ArgumentPointer> present) {
    if (condition instanceof Condition.Argument argument
        && !(argument.comparison() instanceof Comparison.Not)
        && !argument.comparison().equals(new Comparison.Present(false))) {
      present.add(argument.pointer());
    }
  }

  private static Located at(Located rule, String key) {
    Fields fields = rule.fields("a rule");
    Located value = fields == null ? null : fields.get(key);
    return value == null ? rule : value;
  }
}
