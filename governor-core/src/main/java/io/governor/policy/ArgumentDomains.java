package io.governor.policy;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What several comparisons leave of a call's arguments. The arguments as a whole are an object,
 * always; where something is there, an object or array is around it. Where a pointer steps over the
 * items of arrays, each comparison may be satisfied by another item, but what none may satisfy no
 * item does. Used once, by one thread.
 */
final class ArgumentDomains {

  private static final ArgumentPointer WHOLE = new ArgumentPointer(List.of());

  private final Map<ArgumentPointer, List<Literal>> single = new LinkedHashMap<>();
  private final Map<ArgumentPointer, List<Literal>> many = new LinkedHashMap<>();
  private final Map<ArgumentPointer, Set<ValueKind>> around = new LinkedHashMap<>();
  private final Effort effort;

  ArgumentDomains(List<Literal> together, Effort effort) {
    this.effort = effort;
    for (Literal literal : together) {
      if (literal.atom() instanceof Condition.Argument argument) {
        (argument.pointer().isMany() ? many : single)
            .computeIfAbsent(argument.pointer(), pointer -> new ArrayList<>())
            .add(literal);
      }
    }
  }

  /** Why no arguments are left, or null where some may be. */
  @Nullable String obstacle() {
    for (Map.Entry<ArgumentPointer, List<Literal>> entry : many.entrySet()) {
      if (isEmptyOfMany(entry.getKey(), entry.getValue())) {
        return impossible(entry.getKey());
      }
    }
    for (Map.Entry<ArgumentPointer, List<Literal>> entry : single.entrySet()) {
      surround(entry.getKey(), entry.getValue());
    }
    for (ArgumentPointer pointer : around.keySet()) {
      single.putIfAbsent(pointer, List.of());
    }
    for (Map.Entry<ArgumentPointer, List<Literal>> entry : single.entrySet()) {
      if (domain(entry.getValue(), below(entry.getKey())).isEmpty(kinds(entry.getKey()))) {
        return impossible(entry.getKey());
      }
    }
    return null;
  }

  private static String impossible(ArgumentPointer pointer) {
    return pointer.equals(WHOLE)
        ? "the arguments as a whole, an object that is always there, do not satisfy all their"
            + " comparisons"
        : "no value of the argument \"" + pointer + "\" satisfies all its comparisons";
  }

  private ValueDomain domain(List<Literal> tests, List<Literal> below) {
    return new ValueDomain(tests, below, effort);
  }

  private boolean isEmptyOfMany(ArgumentPointer pointer, List<Literal> tests) {
    List<Literal> unwanted = tests.stream().filter(test -> !test.wanted()).toList();
    boolean any = false;
    for (Literal test : tests) {
      if (test.wanted()) {
        List<Literal> ofOne = new ArrayList<>(unwanted);
        ofOne.add(test);
        surround(pointer, ofOne);
        if (domain(ofOne, List.of()).isEmpty(EnumSet.allOf(ValueKind.class))) {
          return true;
        }
        any = true;
      }
    }
    return !any && domain(unwanted, List.of()).isEmpty(EnumSet.allOf(ValueKind.class));
  }

  /** Where something must be there, what is around it can hold it. */
  private void surround(ArgumentPointer pointer, List<Literal> tests) {
    if (domain(tests, List.of()).mayBeAbsent()) {
      return;
    }
    List<String> steps = pointer.steps();
    for (int i = 0; i < steps.size(); i++) {
      boolean item = steps.get(i).equals(ArgumentPointer.EVERY_ITEM);
      around
          .computeIfAbsent(
              new ArgumentPointer(steps.subList(0, i)),
              each -> EnumSet.of(ValueKind.OBJECT, ValueKind.ARRAY))
          .retainAll(
              item || ArgumentPointer.isPosition(steps.get(i))
                  ? EnumSet.of(ValueKind.OBJECT, ValueKind.ARRAY)
                  : EnumSet.of(ValueKind.OBJECT));
      if (item) {
        return;
      }
    }
  }

  private Set<ValueKind> kinds(ArgumentPointer pointer) {
    Set<ValueKind> kinds = around.getOrDefault(pointer, EnumSet.allOf(ValueKind.class));
    if (!pointer.equals(WHOLE)) {
      return kinds;
    }
    return kinds.contains(ValueKind.OBJECT)
        ? EnumSet.of(ValueKind.OBJECT)
        : EnumSet.noneOf(ValueKind.class);
  }

  /** What is asked of values in the one a pointer points at. */
  private List<Literal> below(ArgumentPointer pointer) {
    int depth = pointer.steps().size();
    List<Literal> below = new ArrayList<>();
    single.forEach(
        (other, tests) -> {
          if (other.steps().size() > depth
              && other.steps().subList(0, depth).equals(pointer.steps())) {
            List<String> rest = other.steps().subList(depth, other.steps().size());
            tests.forEach(test -> below.add(at(new ArgumentPointer(rest), test)));
          }
        });
    return below;
  }

  private static Literal at(ArgumentPointer pointer, Literal test) {
    return new Literal(
        new Condition.Argument(pointer, ValueDomain.comparison(test)), test.wanted());
  }
}
