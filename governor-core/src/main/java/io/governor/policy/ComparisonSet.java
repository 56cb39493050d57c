package io.governor.policy;

import io.governor.json.Decimals;
import io.governor.pattern.Glob;
import io.governor.pattern.LinearPattern;
import io.governor.pattern.PatternProblem;
import io.governor.policy.Comparison.JsonType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Whether some value can satisfy several comparisons at once. Used once, by one thread. */
final class ComparisonSet {

  private static final Set<JsonType> ALL = EnumSet.complementOf(EnumSet.of(JsonType.INTEGER));

  /** How many values are tried, against how many others together. */
  private static final int MOST_CANDIDATES = 64;

  private static final int MOST_COMPARED = 20_000;

  /** What the search for a pattern in a value may cost. */
  private static final int MOST_SEARCH = 100_000;

  private final List<Comparison> positive = new ArrayList<>();
  private final List<Comparison> negative = new ArrayList<>();
  private final Map<String, LinearPattern> patterns = new HashMap<>();

  private ComparisonSet(List<Comparison> comparisons) {
    comparisons.forEach(comparison -> add(comparison, true));
  }

  private void add(Comparison comparison, boolean wanted) {
    if (comparison instanceof Comparison.Not not) {
      add(not.comparison(), !wanted);
    } else if (comparison instanceof Comparison.Present present && !wanted) {
      positive.add(new Comparison.Present(!present.expected()));
    } else {
      (wanted ? positive : negative).add(comparison);
    }
  }

  /** Whether certainly no value does, nor the absence of one. */
  static boolean impossible(List<Comparison> comparisons) {
    ComparisonSet set = new ComparisonSet(comparisons);
    return set.absenceContradicts()
        || set.positive.stream().anyMatch(set.negative::contains)
        || set.typesContradict()
        || set.rangeIsEmpty()
        || set.lengthIsEmpty()
        || set.noCandidateIsLeft();
  }

  private boolean absenceContradicts() {
    boolean absent = positive.contains(new Comparison.Present(false));
    return absent && positive.size() > positive.stream().filter(ComparisonSet::isAbsent).count();
  }

  private static boolean isAbsent(Comparison comparison) {
    return comparison.equals(new Comparison.Present(false));
  }

  private boolean typesContradict() {
    Set<JsonType> possible = EnumSet.copyOf(ALL);
    positive.forEach(comparison -> possible.retainAll(types(comparison)));
    return possible.isEmpty();
  }

  /** The types of values that may satisfy it; an integer is a number. */
  private static Set<JsonType> types(Comparison comparison) {
    if (comparison instanceof Comparison.OfType ofType) {
      return EnumSet.of(ofType.type() == JsonType.INTEGER ? JsonType.NUMBER : ofType.type());
    }
    if (comparison instanceof Comparison.GreaterThan || comparison instanceof Comparison.LessThan) {
      return EnumSet.of(JsonType.NUMBER);
    }
    if (comparison instanceof Comparison.Contains) {
      return EnumSet.of(JsonType.TEXT, JsonType.ARRAY);
    }
    if (comparison instanceof Comparison.Length) {
      return EnumSet.of(JsonType.TEXT, JsonType.ARRAY, JsonType.OBJECT);
    }
    if (comparison instanceof Comparison.EqualTo equal) {
      return EnumSet.of(type(equal.value()));
    }
    if (comparison instanceof Comparison.In in) {
      Set<JsonType> types = EnumSet.noneOf(JsonType.class);
      in.values().forEach(value -> types.add(type(value)));
      return types;
    }
    boolean ofText =
        comparison instanceof Comparison.Matches
            || comparison instanceof Comparison.MatchesGlob
            || comparison instanceof Comparison.StartsWith
            || comparison instanceof Comparison.Inside
            || comparison instanceof Comparison.HostIn;
    return ofText ? EnumSet.of(JsonType.TEXT) : ALL;
  }

  private static JsonType type(@Nullable Object value) {
    return ALL.stream().filter(type -> isOf(type, value)).findFirst().orElseThrow();
  }

  private boolean rangeIsEmpty() {
    BigDecimal above = null;
    BigDecimal below = null;
    for (Comparison comparison : positive) {
      if (comparison instanceof Comparison.GreaterThan greater) {
        above = above == null ? greater.bound() : above.max(greater.bound());
      } else if (comparison instanceof Comparison.LessThan less) {
        below = below == null ? less.bound() : below.min(less.bound());
      }
    }
    return above != null && below != null && above.compareTo(below) >= 0;
  }

  /** Lengths are whole numbers from 0. */
  private boolean lengthIsEmpty() {
    BigDecimal least = BigDecimal.ZERO;
    BigDecimal most = BigDecimal.valueOf(Long.MAX_VALUE);
    for (Comparison comparison : positive) {
      if (comparison instanceof Comparison.Length length) {
        Comparison size = length.size();
        if (size instanceof Comparison.GreaterThan greater) {
          least = least.max(greater.bound().add(BigDecimal.ONE));
        } else if (size instanceof Comparison.LessThan less) {
          most = most.min(less.bound().subtract(BigDecimal.ONE));
        } else if (size instanceof Comparison.EqualTo equal
            && equal.value() instanceof Number number) {
          least = least.max(Decimals.exact(number));
          most = most.min(Decimals.exact(number));
        }
      }
    }
    return least.compareTo(most) > 0;
  }

  /** Where the values are listed, each can be tried. */
  private boolean noCandidateIsLeft() {
    List<@Nullable Object> candidates = null;
    for (Comparison comparison : positive) {
      List<@Nullable Object> own = candidates(comparison);
      if (own != null && (candidates == null || own.size() < candidates.size())) {
        candidates = own;
      }
    }
    return candidates != null
        && candidates.size() <= MOST_CANDIDATES
        && candidates.size() * listed() <= MOST_COMPARED
        && candidates.stream().noneMatch(this::mayBe);
  }

  /** How many values the comparisons list. */
  private long listed() {
    return Stream.concat(positive.stream(), negative.stream())
        .mapToLong(comparison -> comparison instanceof Comparison.In in ? in.values().size() : 1)
        .sum();
  }

  private static @Nullable List<@Nullable Object> candidates(Comparison comparison) {
    if (comparison instanceof Comparison.EqualTo equal) {
      List<@Nullable Object> one = new ArrayList<>();
      one.add(equal.value());
      return one;
    }
    return comparison instanceof Comparison.In in ? in.values() : null;
  }

  private boolean mayBe(@Nullable Object value) {
    return positive.stream().allMatch(comparison -> holds(comparison, value, true))
        && negative.stream().noneMatch(comparison -> holds(comparison, value, false));
  }

  /** Whether the comparison holds; what only a call can tell is as the caller likes. */
  private boolean holds(Comparison comparison, @Nullable Object value, boolean unknown) {
    if (comparison instanceof Comparison.EqualTo equal) {
      return DocumentValues.same(equal.value(), value);
    }
    if (comparison instanceof Comparison.In in) {
      return in.values().stream().anyMatch(each -> DocumentValues.same(each, value));
    }
    if (comparison instanceof Comparison.OfType ofType) {
      return isOf(ofType.type(), value);
    }
    if (value instanceof Number number) {
      return holdsForNumber(comparison, Decimals.exact(number), unknown);
    }
    return value instanceof String text ? holdsForText(comparison, text, unknown) : unknown;
  }

  private static boolean holdsForNumber(Comparison comparison, BigDecimal number, boolean unknown) {
    if (comparison instanceof Comparison.GreaterThan greater) {
      return number.compareTo(greater.bound()) > 0;
    }
    return comparison instanceof Comparison.LessThan less
        ? number.compareTo(less.bound()) < 0
        : unknown;
  }

  private boolean holdsForText(Comparison comparison, String text, boolean unknown) {
    if (comparison instanceof Comparison.StartsWith start) {
      return text.startsWith(start.prefix());
    }
    if (comparison instanceof Comparison.Contains part) {
      return text.contains(part.text());
    }
    if (comparison instanceof Comparison.MatchesGlob glob) {
      return Glob.of(glob.glob()).matches(text);
    }
    return comparison instanceof Comparison.Matches matches
        ? finds(matches, text, unknown)
        : unknown;
  }

  private boolean finds(Comparison.Matches matches, String text, boolean unknown) {
    LinearPattern pattern = patterns.computeIfAbsent(matches.pattern(), ComparisonSet::compiled);
    return pattern.size() * text.length() > MOST_SEARCH ? unknown : pattern.find(text);
  }

  private static LinearPattern compiled(String pattern) {
    try {
      return LinearPattern.compile(pattern);
    } catch (PatternProblem e) {
      throw new IllegalStateException("the pattern was compiled when it was read", e);
    }
  }

  private static boolean isOf(JsonType type, @Nullable Object value) {
    return switch (type) {
      case TEXT -> value instanceof String;
      case NUMBER -> value instanceof Number;
      case INTEGER -> value instanceof Number number && Decimals.isWhole(number);
      case BOOLEAN -> value instanceof Boolean;
      case ARRAY -> value instanceof List<?>;
      case OBJECT -> value instanceof Map<?, ?>;
      case NULL -> value == null;
    };
  }
}
