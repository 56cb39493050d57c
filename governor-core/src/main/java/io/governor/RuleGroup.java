package io.governor;

import io.governor.RuleIndex.ModedRule;
import io.governor.policy.ArgumentPointer;
import io.governor.policy.Condition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Rules that look at the same tools, found by what they require of an argument where they require
 * something. Immutable; safe to share between threads.
 */
final class RuleGroup {

  private final ModedRule[] all;
  private final ModedRule[] unconditional;
  private final ArgumentIndex[] indexes;

  private RuleGroup(ModedRule[] all, ModedRule[] unconditional, ArgumentIndex[] indexes) {
    this.all = all;
    this.unconditional = unconditional;
    this.indexes = indexes;
  }

  static RuleGroup of(List<ModedRule> rules) {
    List<ModedRule> unconditional = new ArrayList<>();
    Map<ArgumentPointer, ArgumentIndex.Builder> byPointer = new LinkedHashMap<>();
    for (ModedRule rule : rules) {
      Condition.Argument required = rule.rule().requires();
      if (required == null
          || required.pointer().isMany()
          || !byPointer
              .computeIfAbsent(required.pointer(), ArgumentIndex.Builder::new)
              .add(required.comparison(), rule)) {
        unconditional.add(rule);
      }
    }
    List<ArgumentIndex> indexes = new ArrayList<>(byPointer.size());
    for (ArgumentIndex.Builder each : byPointer.values()) {
      indexes.add(each.build());
    }
    return new RuleGroup(
        rules.toArray(new ModedRule[0]),
        unconditional.toArray(new ModedRule[0]),
        indexes.toArray(new ArgumentIndex[0]));
  }

  /** Whether what all of them say may be remembered. */
  boolean cacheable() {
    for (ModedRule rule : all) {
      if (!rule.rule().cacheable()) {
        return false;
      }
    }
    return true;
  }

  /** Whether one of them is acted on when it matches. */
  boolean enforces() {
    for (ModedRule rule : all) {
      if (rule.mode() == Mode.ENFORCE) {
        return true;
      }
    }
    return false;
  }

  /** Every rule, for calls whose arguments say nothing. */
  void forAll(Consumer<ModedRule> asked) {
    for (ModedRule rule : all) {
      asked.accept(rule);
    }
  }

  /** The rules that these arguments leave possible, and perhaps some more. */
  void forPossible(Map<String, Object> arguments, Consumer<ModedRule> asked) {
    for (ModedRule rule : unconditional) {
      asked.accept(rule);
    }
    for (ArgumentIndex index : indexes) {
      index.forPossible(arguments, asked);
    }
  }
}
