package io.governor;

import io.governor.RuleIndex.ModedRule;
import io.governor.json.Decimals;
import io.governor.pattern.Literals;
import io.governor.policy.ArgumentPointer;
import io.governor.policy.Comparison;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Finds rules by what they require of one argument: values in a hash table, beginnings in a sorted
 * list, contained texts in an automaton, bounds in order. What it finds is a superset of the rules
 * whose requirement holds; no rule whose requirement holds is left out. Immutable.
 */
final class ArgumentIndex {

  private static final Object NULL = new Object();

  private final ArgumentPointer pointer;
  private final Map<Object, ModedRule[]> equal;
  private final Prefixes prefixes;
  private final Literals<ModedRule> contained;
  private final ModedRule[] containing;
  private final Bounds above;
  private final Bounds below;

  private ArgumentIndex(Builder from) {
    pointer = from.pointer;
    equal = new HashMap<>();
    from.equal.forEach((key, rules) -> equal.put(key, rules.toArray(ModedRule[]::new)));
    prefixes = Prefixes.of(from.prefixes);
    contained = Literals.of(from.contained);
    Set<ModedRule> all = new LinkedHashSet<>();
    from.contained.values().forEach(all::addAll);
    containing = all.toArray(ModedRule[]::new);
    above = Bounds.ascending(from.above);
    below = Bounds.descending(from.below);
  }

  /** Collects rules. Used by one thread. */
  static final class Builder {
    private final ArgumentPointer pointer;
    private final Map<Object, List<ModedRule>> equal = new HashMap<>();
    private final Map<String, List<ModedRule>> prefixes = new HashMap<>();
    private final Map<String, List<ModedRule>> contained = new HashMap<>();
    private final List<Bounds.Entry> above = new ArrayList<>();
    private final List<Bounds.Entry> below = new ArrayList<>();

    Builder(ArgumentPointer pointer) {
      this.pointer = pointer;
    }

    /** Files the rule, unless rules cannot be found by the comparison. */
    boolean add(Comparison comparison, ModedRule rule) {
      if (comparison instanceof Comparison.EqualTo to) {
        return addEqual(List.of(key(to.value())), rule);
      }
      if (comparison instanceof Comparison.In in) {
        return addEqual(in.values().stream().map(ArgumentIndex::key).distinct().toList(), rule);
      }
      if (comparison instanceof Comparison.StartsWith start) {
        return add(prefixes, start.prefix(), rule);
      }
      if (comparison instanceof Comparison.Contains contains) {
        return !contains.text().isEmpty() && add(contained, contains.text(), rule);
      }
      if (comparison instanceof Comparison.GreaterThan greater) {
        return above.add(new Bounds.Entry(greater.bound().doubleValue(), rule));
      }
      return comparison instanceof Comparison.LessThan less
          && below.add(new Bounds.Entry(less.bound().doubleValue(), rule));
    }

    private boolean addEqual(List<Object> keys, ModedRule rule) {
      for (Object key : keys) {
        if (key instanceof List<?> || key instanceof Map<?, ?>) {
          return false;
        }
      }
      for (Object key : keys) {
        equal.computeIfAbsent(key, any -> new ArrayList<>()).add(rule);
      }
      return true;
    }

    private static boolean add(Map<String, List<ModedRule>> where, String text, ModedRule rule) {
      return where.computeIfAbsent(text, any -> new ArrayList<>()).add(rule);
    }

    ArgumentIndex build() {
      return new ArgumentIndex(this);
    }
  }

  void forPossible(Map<String, Object> arguments, Consumer<ModedRule> asked) {
    Object value = pointer.find(arguments);
    if (value == ArgumentPointer.ABSENT) {
      return;
    }
    if (value instanceof List<?> items) {
      if (items.stream().anyMatch(String.class::isInstance)) {
        forEach(containing, asked);
      }
      return;
    }
    if (!equal.isEmpty()) {
      forEach(equal.get(key(value)), asked);
    }
    if (value instanceof String text) {
      prefixes.forBeginningsOf(text, asked);
      contained.forEachIn(text, asked);
    } else if (value instanceof Number number) {
      double nearest = Decimals.nearest(number);
      above.forUpTo(nearest, asked);
      below.forUpTo(-nearest, asked);
    }
  }

  private static void forEach(ModedRule @Nullable [] rules, Consumer<ModedRule> asked) {
    if (rules != null) {
      for (ModedRule rule : rules) {
        asked.accept(rule);
      }
    }
  }

  /** Equal values have equal keys: numbers by value, as far as a double tells it. */
  private static Object key(@Nullable Object value) {
    if (value == null) {
      return NULL;
    }
    if (!(value instanceof Number number)) {
      return value;
    }
    double rounded = Decimals.nearest(number);
    boolean whole = rounded == Math.rint(rounded) && Math.abs(rounded) < 1L << 53;
    return whole ? (Object) (long) rounded : (Object) rounded;
  }
}
