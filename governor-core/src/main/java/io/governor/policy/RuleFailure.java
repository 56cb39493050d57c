package io.governor.policy;

import io.governor.Mode;
import io.governor.Rule;
import io.governor.Verdict;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;

/**
 * Why a rule may fail to say whether it matches. A rule that fails has no say, or, where it is
 * enforced, the last one: both matter to whether another rule makes it superfluous.
 */
enum RuleFailure {

  /** The arguments cannot be read. */
  UNREADABLE,

  /** A text is too long, detectors saw only a part, or a folder cannot be followed. */
  UNSURE,

  /** Calls cannot be counted. */
  UNCOUNTED;

  static Set<RuleFailure> of(PolicyRule rule) {
    Set<RuleFailure> failures = EnumSet.noneOf(RuleFailure.class);
    Condition when = rule.when();
    if (when != null) {
      WorstCase cost = WorstCase.of(rule);
      if (Purity.readsArguments(when)) {
        failures.add(UNREADABLE);
      }
      if (cost.patterns() > 0 || cost.paths() > 0 || cost.commandPaths() || cost.detects()) {
        failures.add(UNSURE);
      }
    }
    if (rule.limit() != null) {
      failures.add(UNCOUNTED);
    }
    return failures;
  }

  /** Whether a rule still makes another superfluous where one of them fails. */
  static boolean doNoHarm(RuleReach by, RuleReach other) {
    boolean same = Objects.equals(by.rule().when(), other.rule().when());
    return speaksUp(by, other, same)
        && other.failures().stream().allMatch(failure -> isCovered(failure, by, other, same));
  }

  /** Whether it does not fall silent where the other speaks. */
  private static boolean speaksUp(RuleReach by, RuleReach other, boolean same) {
    boolean isSure = !by.failures().contains(UNSURE);
    boolean reads = !by.failures().contains(UNREADABLE) || alwaysReadsArguments(other);
    return same || deniesOnFailure(by) || (isSure && reads);
  }

  private static boolean isCovered(
      RuleFailure failure, RuleReach by, RuleReach other, boolean same) {
    if (!deniesOnFailure(other)) {
      return true;
    }
    boolean denies = by.rule().effect() == Verdict.DENY;
    if (failure == UNCOUNTED) {
      return denies || (by.rule().limit() != null && deniesOnFailure(by));
    }
    boolean alwaysDenies = denies && by.rule().when() == null && by.rule().limit() == null;
    return alwaysDenies
        || (deniesOnFailure(by)
            && (same || (failure == UNREADABLE && Purity.readsArgumentsFirst(by.rule().when()))));
  }

  private static boolean deniesOnFailure(RuleReach rule) {
    return rule.mode() == Mode.ENFORCE && rule.rule().onError() == Rule.OnError.DENY;
  }

  /** Whether it matches no call whose arguments cannot be read. */
  private static boolean alwaysReadsArguments(RuleReach rule) {
    return rule.form().alternatives().stream()
        .allMatch(each -> each.stream().anyMatch(literal -> Purity.readsArguments(literal.atom())));
  }
}
