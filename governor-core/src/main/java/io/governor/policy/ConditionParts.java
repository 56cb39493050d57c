package io.governor.policy;

import java.util.ArrayList;
import java.util.List;

/** Takes conditions apart. Stateless; a condition nests a bounded number of levels. */
final class ConditionParts {

  private ConditionParts() {}

  /** The conditions that this one is directly made of. */
  static List<Condition> of(Condition condition) {
    if (condition instanceof Condition.All all) {
      return all.conditions();
    }
    if (condition instanceof Condition.Any any) {
      return any.conditions();
    }
    return condition instanceof Condition.Not not ? List.of(not.condition()) : List.of();
  }

  /**
   * What must hold together for the condition to hold: the parts of {@code all}s in {@code all}s.
   */
  static List<Condition> together(Condition condition) {
    List<Condition> together = new ArrayList<>();
    collect(condition, together);
    return together;
  }

  private static void collect(Condition condition, List<Condition> together) {
    if (condition instanceof Condition.All all) {
      for (Condition each : all.conditions()) {
        collect(each, together);
      }
    } else {
      together.add(condition);
    }
  }
}
