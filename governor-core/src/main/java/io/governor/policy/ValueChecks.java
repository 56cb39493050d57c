package io.governor.policy;

import io.governor.json.Decimals;
import io.governor.pattern.Glob;
import io.governor.pattern.LinearPattern;
import io.governor.pattern.PatternProblem;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns comparisons into the form that is evaluated. */
final class ValueChecks {

  private ValueChecks() {}

  /**
   * Compiles a comparison; {@link Comparison.Not} is the caller's, because over several values it
   * means "none of them".
   *
   * @param inDoubt what is said of a path or URL that readers may take differently
   * @throws IllegalArgumentException if a pattern or glob is malformed
   */
  static Check.OfValue of(Comparison comparison, boolean inDoubt) {
    if (comparison instanceof Comparison.EqualTo equal) {
      return (value, facts, budget) -> ArgumentValues.equal(value, equal.value());
    }
    if (comparison instanceof Comparison.In in) {
      return (value, facts, budget) -> isIn(value, in.values());
    }
    if (comparison instanceof Comparison.Matches matches) {
      return matches(pattern(matches.pattern()));
    }
    if (comparison instanceof Comparison.MatchesGlob glob) {
      return glob(Glob.of(glob.glob()));
    }
    if (comparison instanceof Comparison.Contains contains) {
      return (value, facts, budget) -> contains(value, contains.text());
    }
    if (comparison instanceof Comparison.StartsWith start) {
      return (value, facts, budget) ->
          value instanceof String text && text.startsWith(start.prefix());
    }
    if (comparison instanceof Comparison.Length length) {
      Check.OfValue size = of(length.size(), inDoubt);
      return (value, facts, budget) -> {
        long counted = length(value);
        return counted >= 0 && size.holds(counted, facts, budget);
      };
    }
    return more(comparison, inDoubt);
  }

  /**
   * Whether a comparison of the value alone holds: any but {@link Comparison.Inside}.
   *
   * @throws EvaluationFailure if that costs more than a call's budget
   */
  @SuppressWarnings("NullAway") // only folders are a matter of the call
  static boolean holdsAlone(Check.OfValue check, @Nullable Object value) {
    return check.holds(value, null, Budget.full());
  }

  private static Check.OfValue more(Comparison comparison, boolean inDoubt) {
    if (comparison instanceof Comparison.GreaterThan greater) {
      Number bound = DocumentValues.plain(greater.bound());
      return (value, facts, budget) ->
          value instanceof Number number && isNumber(number) && Decimals.compare(number, bound) > 0;
    }
    if (comparison instanceof Comparison.LessThan less) {
      Number bound = DocumentValues.plain(less.bound());
      return (value, facts, budget) ->
          value instanceof Number number && isNumber(number) && Decimals.compare(number, bound) < 0;
    }
    if (comparison instanceof Comparison.Present present) {
      return (value, facts, budget) -> (value != ArgumentPointer.ABSENT) == present.expected();
    }
    if (comparison instanceof Comparison.OfType type) {
      return (value, facts, budget) -> isOfType(value, type.type());
    }
    if (comparison instanceof Comparison.Inside inside) {
      FolderSet folders = new FolderSet(inside.roots());
      return (value, facts, budget) ->
          value instanceof String path
              && folders.contain(path, facts.folders(), facts.paths(), inDoubt);
    }
    if (comparison instanceof Comparison.HostIn hosts) {
      HostList list = new HostList(hosts.hosts());
      return (value, facts, budget) -> value instanceof String url && list.contains(url, inDoubt);
    }
    throw new IllegalArgumentException("not: expected to be handled by its condition");
  }

  private static boolean isNumber(Number number) {
    return !((number instanceof Double || number instanceof Float)
        && Double.isNaN(number.doubleValue()));
  }

  private static boolean isIn(@Nullable Object value, List<@Nullable Object> values) {
    for (Object one : values) {
      if (ArgumentValues.equal(value, one)) {
        return true;
      }
    }
    return false;
  }

  private static Check.OfValue matches(LinearPattern pattern) {
    return (value, facts, budget) -> {
      if (!(value instanceof String text)) {
        return false;
      }
      budget.spend(text.length());
      return pattern.find(text);
    };
  }

  private static Check.OfValue glob(Glob glob) {
    return (value, facts, budget) -> {
      if (!(value instanceof String text)) {
        return false;
      }
      budget.spend(text.length());
      return glob.matches(text);
    };
  }

  private static boolean contains(@Nullable Object value, String text) {
    return value instanceof String string
        ? string.contains(text)
        : value instanceof List<?> items && items.contains(text);
  }

  /** How long a value is, or -1 when it has no length. */
  private static long length(@Nullable Object value) {
    if (value instanceof String text) {
      return text.codePointCount(0, text.length());
    }
    if (value instanceof List<?> items) {
      return items.size();
    }
    return value instanceof Map<?, ?> members ? members.size() : -1;
  }

  private static boolean isOfType(@Nullable Object value, Comparison.JsonType type) {
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

  private static LinearPattern pattern(String pattern) {
    try {
      return LinearPattern.compile(pattern);
    } catch (PatternProblem e) {
      throw new IllegalArgumentException("matches: " + e.getMessage(), e);
    }
  }
}
