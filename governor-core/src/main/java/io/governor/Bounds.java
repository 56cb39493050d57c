package io.governor;

import io.governor.RuleIndex.ModedRule;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/**
 * Rules by a bound that a number must pass, lowest first. Compares as doubles and takes equal ones
 * in: rounding keeps order, so no rule is missed, and the rule itself compares exactly. Immutable.
 */
final class Bounds {

  private final double[] bounds;
  private final ModedRule[] rules;

  record Entry(double bound, ModedRule rule) {}

  private Bounds(List<Entry> entries) {
    List<Entry> sorted = entries.stream().sorted(Comparator.comparingDouble(Entry::bound)).toList();
    bounds = sorted.stream().mapToDouble(Entry::bound).toArray();
    rules = sorted.stream().map(Entry::rule).toArray(ModedRule[]::new);
  }

  /** For numbers that must be above. */
  static Bounds ascending(List<Entry> entries) {
    return new Bounds(entries);
  }

  /** For numbers that must be below: asked with the number negated. */
  static Bounds descending(List<Entry> entries) {
    return new Bounds(entries.stream().map(e -> new Entry(-e.bound(), e.rule())).toList());
  }

  void forUpTo(double number, Consumer<ModedRule> asked) {
    for (int i = 0; i < bounds.length && bounds[i] <= number; i++) {
      asked.accept(rules[i]);
    }
  }
}
