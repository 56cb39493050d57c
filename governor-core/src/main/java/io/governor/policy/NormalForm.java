package io.governor.policy;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A condition as alternatives, each of literals that must hold together: whatever satisfies the
 * condition satisfies one of them. Alternatives that nothing satisfies are left out. Where they
 * become too many, parts of the condition are left out instead, and the alternatives let more pass
 * than the condition does. Immutable.
 *
 * @param alternatives of literals; one without literals lets everything pass
 * @param exact whether whatever satisfies an alternative satisfies the condition
 * @param obstacle why an alternative that was left out is satisfied by nothing; null where none was
 */
record NormalForm(List<List<Literal>> alternatives, boolean exact, @Nullable String obstacle) {

  /** Alternatives of one condition. */
  private static final int MOST = 64;

  /** Pairs of alternatives that are put together for them. */
  private static final int MOST_PAIRS = 512;

  static NormalForm of(@Nullable Condition condition, Effort effort) {
    Builder builder = new Builder(effort);
    List<List<Literal>> all =
        condition == null ? List.of(List.of()) : builder.alternatives(condition, true);
    return new NormalForm(all, builder.exact, builder.obstacle);
  }

  private static final class Builder {
    private final Effort effort;
    private boolean exact = true;
    private @Nullable String obstacle;

    Builder(Effort effort) {
      this.effort = effort;
    }

    List<List<Literal>> alternatives(Condition condition, boolean wanted) {
      if (condition instanceof Condition.Not not) {
        return alternatives(not.condition(), !wanted);
      }
      List<Condition> parts = ConditionParts.of(condition);
      if (parts.isEmpty()) {
        return possible(List.of(Literal.of(condition, wanted)));
      }
      List<List<List<Literal>>> all = new ArrayList<>();
      for (Condition part : parts) {
        all.add(alternatives(part, wanted));
      }
      return condition instanceof Condition.All == wanted ? together(all) : either(all);
    }

    private List<List<Literal>> possible(List<Literal> literals) {
      String reason = Feasibility.obstacle(literals, effort);
      obstacle = obstacle == null ? reason : obstacle;
      return reason == null ? List.of(literals) : List.of();
    }

    private List<List<Literal>> either(List<List<List<Literal>>> parts) {
      Set<List<Literal>> all = new LinkedHashSet<>();
      parts.forEach(all::addAll);
      if (all.size() > MOST) {
        exact = false;
        return List.of(List.of());
      }
      return List.copyOf(all);
    }

    /** The shortest first: what they rule out need not be multiplied. */
    private List<List<Literal>> together(List<List<List<Literal>>> parts) {
      List<List<List<Literal>>> sorted = new ArrayList<>(parts);
      sorted.sort((a, b) -> Integer.compare(a.size(), b.size()));
      List<List<Literal>> all = List.of(List.of());
      for (List<List<Literal>> part : sorted) {
        all = together(all, part);
      }
      return all;
    }

    private List<List<Literal>> together(List<List<Literal>> some, List<List<Literal>> others) {
      int pairs = some.size() * others.size();
      if (pairs > MOST_PAIRS || !effort.spend(pairs)) {
        exact = false;
        return some;
      }
      Set<List<Literal>> all = new LinkedHashSet<>();
      for (List<Literal> one : some) {
        for (List<Literal> other : others) {
          all.addAll(possible(merged(one, other)));
        }
      }
      if (all.size() > MOST) {
        exact = false;
        return some;
      }
      return List.copyOf(all);
    }

    private static List<Literal> merged(List<Literal> one, List<Literal> other) {
      Set<Literal> both = new LinkedHashSet<>(one);
      both.addAll(other);
      return List.copyOf(both);
    }
  }
}
