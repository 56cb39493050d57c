package io.governor.policy;

import io.governor.policy.Comparison.JsonType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What may stand where a pointer points when several comparisons are to be satisfied there, or not
 * satisfied. Each kind of value is looked at for itself; where the values are listed, each is
 * tried. Says that nothing is left only where nothing is. Used once, by one thread.
 */
final class ValueDomain {

  /** How many values are tried, times what each is compared with. */
  private static final int MOST_COMPARED = 20_000;

  private final List<Literal> tests;
  private final List<Literal> below;
  private final Effort effort;

  /**
   * @param tests what is asked of the value
   * @param below what is asked of values in it, by pointers from here
   */
  ValueDomain(List<Literal> tests, List<Literal> below, Effort effort) {
    this.tests = tests;
    this.below = below;
    this.effort = effort;
  }

  static Comparison comparison(Literal test) {
    return ((Condition.Argument) test.atom()).comparison();
  }

  /** Whether certainly nothing of these kinds is left. */
  boolean isEmpty(Set<ValueKind> kinds) {
    List<@Nullable Object> listed = listed();
    return listed == null
        ? kinds.stream().noneMatch(this::mayHold)
        : listed.stream().noneMatch(value -> kinds.contains(ValueKind.of(value)) && mayBe(value));
  }

  /** Whether there may be nothing there. */
  boolean mayBeAbsent() {
    return mayBe(ArgumentPointer.ABSENT);
  }

  /** The shortest list of values that contains every one, or null. */
  private @Nullable List<@Nullable Object> listed() {
    List<@Nullable Object> shortest = null;
    long compared = 0;
    for (Literal test : tests) {
      List<@Nullable Object> own = test.wanted() ? values(comparison(test)) : null;
      shortest =
          own == null || (shortest != null && shortest.size() <= own.size()) ? shortest : own;
      compared += comparison(test) instanceof Comparison.In in ? in.values().size() : 1;
    }
    long cost = shortest == null ? 0 : shortest.size() * compared;
    return cost <= MOST_COMPARED && effort.spend(cost / 8) ? shortest : null;
  }

  private static @Nullable List<@Nullable Object> values(Comparison comparison) {
    if (comparison instanceof Comparison.EqualTo equal) {
      List<@Nullable Object> one = new ArrayList<>();
      one.add(equal.value());
      return one;
    }
    return comparison instanceof Comparison.In in ? in.values() : null;
  }

  private boolean mayBe(@Nullable Object value) {
    return tests.stream().allMatch(test -> mayHold(test, value))
        && below.stream().allMatch(test -> mayHold(test, within(test, value)));
  }

  private static @Nullable Object within(Literal test, @Nullable Object value) {
    return ((Condition.Argument) test.atom()).pointer().find(value);
  }

  /** As the evaluator sees it; a folder is known only to a call, a long search to nobody. */
  private boolean mayHold(Literal test, @Nullable Object value) {
    Comparison comparison = comparison(test);
    if (comparison instanceof Comparison.Inside) {
      return value instanceof String || !test.wanted();
    }
    try {
      return ValueChecks.holdsAlone(effort.check(comparison, test.wanted()), value)
          == test.wanted();
    } catch (EvaluationFailure e) {
      return true;
    }
  }

  private boolean mayHold(ValueKind kind) {
    return switch (kind) {
      case ABSENT -> mayBe(ArgumentPointer.ABSENT);
      case NULL -> mayBe(null);
      case BOOLEAN -> mayBe(true) || mayBe(false);
      case NUMBER -> mayBeNumber();
      case TEXT -> mayBeText();
      case ARRAY -> mayBeArray();
      case OBJECT -> mayBeObject();
    };
  }

  /** What the comparison says of every value of a kind, or null when it depends on the value. */
  private static @Nullable Boolean constant(Comparison comparison, ValueKind kind) {
    if (comparison instanceof Comparison.Present present) {
      return present.expected();
    }
    if (comparison instanceof Comparison.OfType ofType) {
      boolean depends = kind == ValueKind.NUMBER && ofType.type() == JsonType.INTEGER;
      return depends ? null : (Boolean) kind.isOf(ofType.type());
    }
    return dependsOn(comparison, kind) ? null : Boolean.FALSE;
  }

  private static boolean dependsOn(Comparison comparison, ValueKind kind) {
    if (comparison instanceof Comparison.EqualTo || comparison instanceof Comparison.In) {
      return true;
    }
    if (comparison instanceof Comparison.Length) {
      return kind == ValueKind.TEXT || kind == ValueKind.ARRAY || kind == ValueKind.OBJECT;
    }
    if (comparison instanceof Comparison.GreaterThan || comparison instanceof Comparison.LessThan) {
      return kind == ValueKind.NUMBER;
    }
    return kind == ValueKind.TEXT
        || (kind == ValueKind.ARRAY && comparison instanceof Comparison.Contains);
  }

  /** Whether nothing rules out the kind as a whole. */
  private boolean isOpenTo(ValueKind kind) {
    for (Literal test : tests) {
      Boolean constant = constant(comparison(test), kind);
      if (constant != null && constant != test.wanted()) {
        return false;
      }
    }
    return true;
  }

  private boolean mayBeNumber() {
    NumberRange range = new NumberRange();
    boolean whole = false;
    boolean broken = false;
    for (Literal test : tests) {
      Comparison comparison = comparison(test);
      if (comparison instanceof Comparison.OfType ofType && ofType.type() == JsonType.INTEGER) {
        whole |= test.wanted();
        broken |= !test.wanted();
      } else if (comparison instanceof Comparison.In in && !test.wanted()) {
        in.values().forEach(value -> range.take(new Comparison.EqualTo(value), false));
      } else if (!(comparison instanceof Comparison.In)) {
        range.take(comparison, test.wanted());
      }
    }
    return isOpenTo(ValueKind.NUMBER)
        && !range.isEmpty()
        && !(whole && (broken || range.hasNoInteger()))
        && !(broken && range.hasNoFraction());
  }

  private boolean mayBeText() {
    NumberRange length = length();
    List<List<Wildcard>> wanted = new ArrayList<>();
    for (Literal test : tests) {
      List<Wildcard> shape =
          test.wanted() ? TextShape.around(comparison(test), effort) : List.<Wildcard>of();
      if (!shape.isEmpty()) {
        wanted.add(shape);
        take(shape, length);
      }
    }
    return isOpenTo(ValueKind.TEXT)
        && !length.hasNoInteger()
        && (!length.isZeroAtMost() || mayBe(""))
        && !isPatternAndNot()
        && !shapesContradict(wanted);
  }

  private static void take(List<Wildcard> shape, NumberRange length) {
    length.atLeast(shape.stream().mapToLong(Wildcard::least).min().orElse(0));
    if (shape.stream().allMatch(each -> each.most() >= 0)) {
      length.atMost(shape.stream().mapToLong(Wildcard::most).max().orElse(0));
    }
  }

  /** Of no other comparison: where readers disagree about a text, it and its negation hold. */
  private boolean isPatternAndNot() {
    return tests.stream()
        .anyMatch(
            test ->
                comparison(test) instanceof Comparison.Matches && tests.contains(test.flipped()));
  }

  private boolean shapesContradict(List<List<Wildcard>> wanted) {
    if (!effort.spend(16L * wanted.size() * tests.size())) {
      return false;
    }
    for (int i = 0; i < wanted.size(); i++) {
      for (int j = 0; j < i; j++) {
        if (!Wildcard.anyMeet(wanted.get(i), wanted.get(j))) {
          return true;
        }
      }
    }
    return tests.stream().anyMatch(test -> !test.wanted() && isImplied(test, wanted));
  }

  private boolean isImplied(Literal unwanted, List<List<Wildcard>> wanted) {
    List<Wildcard> shape = TextShape.of(comparison(unwanted), effort);
    return wanted.stream().anyMatch(one -> Wildcard.allIncluded(shape, one));
  }

  private boolean mayBeArray() {
    Set<String> items = new HashSet<>();
    Set<String> missing = new HashSet<>();
    for (Literal test : tests) {
      if (comparison(test) instanceof Comparison.Contains item) {
        (test.wanted() ? items : missing).add(item.text());
      }
    }
    NumberRange length = length();
    length.atLeast(items.size());
    return isOpenTo(ValueKind.ARRAY)
        && !length.hasNoInteger()
        && items.stream().noneMatch(missing::contains)
        && (!length.isZeroAtMost() || mayBe(List.of()));
  }

  private boolean mayBeObject() {
    NumberRange length = length();
    return isOpenTo(ValueKind.OBJECT)
        && !length.hasNoInteger()
        && (!length.isZeroAtMost() || mayBe(Map.of()));
  }

  /** Whole numbers from 0. */
  private NumberRange length() {
    NumberRange length = new NumberRange();
    length.atLeast(0);
    for (Literal test : tests) {
      if (comparison(test) instanceof Comparison.Length size) {
        length.take(size.size(), test.wanted());
      }
    }
    return length;
  }
}
