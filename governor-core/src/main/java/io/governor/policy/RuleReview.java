package io.governor.policy;

import io.governor.CallLimit;
import io.governor.Mode;
import io.governor.Verdict;
import io.governor.pattern.Glob;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Looks at rules that are right in themselves for what cannot be meant: rules that match nothing
 * are errors, rules that another one makes superfluous, and negations that hold for calls they were
 * not written for, are warnings. Stateless.
 */
final class RuleReview {

  private RuleReview() {}

  static void review(List<RuleReading.Found> rules, Mode mode) {
    for (RuleReading.Found found : rules) {
      refuseUnreachable(found);
      warnOfAbsent(found);
    }
    warnOfShadowed(rules, mode);
  }

  private static void refuseUnreachable(RuleReading.Found found) {
    Condition when = found.rule().when();
    if (when != null) {
      String reason = Contradictions.in(when);
      if (reason == null) {
        reason = ServerNames.contradiction(found.rule().tools(), when);
      }
      Located place = at(found.at(), "when");
      if (reason != null) {
        place.refuse("this rule never matches: " + reason);
      } else {
        Contradictions.inBranches(when)
            .ifPresent(branch -> place.warn("a part of any never holds: " + branch));
      }
    }
  }

  /**
   * An absent argument satisfies no comparison, so what is negated holds. Of one tool that is what
   * lists of the permitted are for; of every tool it reaches all that have no such argument.
   */
  private static void warnOfAbsent(RuleReading.Found found) {
    Condition when = found.rule().when();
    if (when == null || found.rule().tools().stream().noneMatch(RuleReview::isEveryTool)) {
      return;
    }
    Set<ArgumentPointer> present = new HashSet<>();
    List<Condition> together = ConditionParts.together(when);
    together.forEach(condition -> addPresent(condition, present));
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

  private static boolean isEveryTool(String tool) {
    return Glob.of(tool).isEverything();
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

  /** What two rules must share for one to be superfluous. */
  private record Reach(Set<String> tools, @Nullable Condition when, @Nullable CallLimit limit) {}

  private static void warnOfShadowed(List<RuleReading.Found> rules, Mode mode) {
    Map<Reach, List<RuleReading.Found>> byReach = new HashMap<>();
    for (RuleReading.Found found : rules) {
      byReach.computeIfAbsent(reach(found.rule()), reach -> new ArrayList<>()).add(found);
    }
    for (List<RuleReading.Found> same : byReach.values()) {
      if (same.size() > 1) {
        RuleReading.Found strongest = strongest(same, mode);
        for (RuleReading.Found found : same) {
          warnIfShadowed(found, strongest, mode);
        }
      }
    }
  }

  private static Reach reach(PolicyRule rule) {
    return new Reach(new HashSet<>(rule.tools()), rule.when(), rule.limit());
  }

  /** By effect, then by mode; the first of equals. */
  private static RuleReading.Found strongest(List<RuleReading.Found> rules, Mode mode) {
    RuleReading.Found strongest = rules.get(0);
    for (RuleReading.Found found : rules) {
      int byEffect = found.rule().effect().compareTo(strongest.rule().effect());
      int byMode = mode(found.rule(), mode).compareTo(mode(strongest.rule(), mode));
      if (byEffect > 0 || (byEffect == 0 && byMode > 0)) {
        strongest = found;
      }
    }
    return strongest;
  }

  private static void warnIfShadowed(RuleReading.Found found, RuleReading.Found by, Mode mode) {
    if (found.rule().id().equals(by.rule().id())
        || mode(found.rule(), mode) == Mode.OFF
        || stillRedacts(found, by)
        || changesTheSession(found.rule())) {
      return;
    }
    if (mode(found.rule(), mode).compareTo(mode(by.rule(), mode)) <= 0) {
      found
          .at()
          .warn(
              found.rule().id()
                  + " changes nothing: "
                  + by.rule().id()
                  + ", "
                  + by.at().where()
                  + ", has the same tools and condition, and an effect and mode as strong");
    }
  }

  /** What was asked for and granted may still have to be redacted. */
  private static boolean stillRedacts(RuleReading.Found found, RuleReading.Found by) {
    return found.rule().effect() == Verdict.REDACT && by.rule().effect() == Verdict.ASK;
  }

  private static boolean changesTheSession(PolicyRule rule) {
    return rule.pause() || !rule.contract().isEmpty();
  }

  private static Mode mode(PolicyRule rule, Mode otherwise) {
    Mode own = rule.mode();
    return own == null ? otherwise : own;
  }

  private static Located at(Located rule, String key) {
    Fields fields = rule.fields("a rule");
    Located value = fields == null ? null : fields.get(key);
    return value == null ? rule : value;
  }
}
