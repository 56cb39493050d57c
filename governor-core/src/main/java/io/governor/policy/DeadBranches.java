package io.governor.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Finds the parts of an {@code any} through which a rule never matches, where it may through
 * others. Used once, by one thread.
 */
final class DeadBranches {

  private final PolicyRule rule;
  private final Effort effort;

  DeadBranches(PolicyRule rule, Effort effort) {
    this.rule = rule;
    this.effort = effort;
  }

  /** Warns of each at its place. */
  void warn(Condition when, Located at) {
    look(when, at, UnaryOperator.identity());
  }

  /**
   * @param whole the whole condition, with something else in this one's place
   */
  private void look(Condition condition, Located at, UnaryOperator<Condition> whole) {
    if (condition instanceof Condition.Any any) {
      List<Located> places = at.parts("any");
      for (int i = 0; i < places.size(); i++) {
        lookAtBranch(any.conditions().get(i), places.get(i), whole);
      }
    } else if (condition instanceof Condition.All all) {
      // Several comparisons of one argument are together too, and no list in the document.
      List<Located> places = at.parts("all");
      for (int i = 0; i < places.size(); i++) {
        int part = i;
        look(
            all.conditions().get(i),
            places.get(i),
            other -> whole.apply(new Condition.All(with(all.conditions(), part, other))));
      }
    }
  }

  private void lookAtBranch(Condition branch, Located at, UnaryOperator<Condition> whole) {
    if (!effort.spend(10)) {
      return;
    }
    String alone = UnreachableRule.reason(rule.tools(), branch, effort);
    String reason =
        alone == null ? UnreachableRule.reason(rule.tools(), whole.apply(branch), effort) : alone;
    if (reason == null) {
      look(branch, at, whole);
    } else {
      at.warn(
          "this part of any never holds"
              + (alone == null ? " together with the rest of the rule: " : ": ")
              + reason);
    }
  }

  private static List<Condition> with(List<Condition> parts, int at, Condition other) {
    List<Condition> changed = new ArrayList<>(parts);
    changed.set(at, other);
    return changed;
  }
}
