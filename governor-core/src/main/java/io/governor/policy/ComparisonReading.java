package io.governor.policy;

import io.governor.json.Decimals;
import io.governor.pattern.Glob;
import io.governor.pattern.LinearPattern;
import io.governor.pattern.PatternProblem;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads what an argument is compared with. Used by one thread. */
final class ComparisonReading {

  private static final Map<String, Comparison.JsonType> TYPES =
      KnownNames.by(Comparison.JsonType.values(), Comparison.JsonType::wireName);
  private static final Set<String> KEYS = keys();

  private final RuleCost cost;

  ComparisonReading(RuleCost cost) {
    this.cost = cost;
  }

  private static Set<String> keys() {
    Set<String> keys = new LinkedHashSet<>(Section.ARGUMENT.keys());
    keys.remove(Section.ARGUMENT.key());
    return keys;
  }

  /** The comparisons that stand beside {@code arg}. */
  List<Comparison> beside(Fields fields) {
    List<Comparison> all = all(fields);
    if (fields.keys().size() == 1) {
      fields.at().refuse("expected a comparison beside arg: " + Words.list(KEYS));
    }
    return all;
  }

  private List<Comparison> all(Fields fields) {
    List<Comparison> all = new ArrayList<>();
    for (String key : fields.keys()) {
      Located value = KEYS.contains(key) ? fields.get(key) : null;
      if (value != null) {
        all.addAll(comparisons(key, value));
      }
    }
    return all;
  }

  private List<Comparison> comparisons(String key, Located value) {
    if (key.equals("length")) {
      return lengths(value);
    }
    cost.addCondition();
    Comparison comparison = comparison(key, value);
    return comparison == null ? List.of() : List.of(comparison);
  }

  private @Nullable Comparison comparison(String key, Located value) {
    return switch (key) {
      case "equals" -> equalTo(value);
      case "in" -> in(value);
      case "matches" -> matches(value);
      case "glob" -> glob(value);
      case "contains" -> of(part(value), Comparison.Contains::new);
      case "starts_with" -> of(part(value), Comparison.StartsWith::new);
      case "greater_than" -> bound(value, Comparison.GreaterThan::new);
      case "less_than" -> bound(value, Comparison.LessThan::new);
      case "present" -> of(value.flag(), Comparison.Present::new);
      case "type" -> of(value.word(TYPES), Comparison.OfType::new);
      case "inside" -> list(FolderReading.inside(value), Comparison.Inside::new);
      case "host_in" -> list(Hosts.read(value), Comparison.HostIn::new);
      case "not" -> not(value);
      default -> throw new IllegalStateException("not a comparison: " + key);
    };
  }

  private static <T> @Nullable Comparison of(
      @Nullable T value, Function<T, Comparison> comparison) {
    return value == null ? null : comparison.apply(value);
  }

  private static @Nullable Comparison list(
      List<String> items, Function<List<String>, Comparison> comparison) {
    return items.isEmpty() ? null : comparison.apply(items);
  }

  private static @Nullable Comparison equalTo(Located value) {
    int before = value.problems().count();
    Object expected = value.json();
    return value.problems().count() == before ? new Comparison.EqualTo(expected) : null;
  }

  private static @Nullable Comparison in(Located value) {
    List<Located> items = value.items("a list of values", PolicyBounds.VALUES);
    if (items == null) {
      return null;
    }
    if (items.isEmpty()) {
      value.refuse("expected at least one value, got an empty list");
      return null;
    }
    int before = value.problems().count();
    List<@Nullable Object> values = new ArrayList<>(items.size());
    items.forEach(item -> values.add(item.json()));
    return value.problems().count() == before ? new Comparison.In(values) : null;
  }

  private @Nullable Comparison matches(Located value) {
    String pattern = value.anyText("a pattern", PolicyBounds.TEXT);
    if (pattern == null) {
      return null;
    }
    if (pattern.isEmpty()) {
      value.refuse("expected a pattern, got an empty text, which occurs in every text");
      return null;
    }
    try {
      cost.addPattern(LinearPattern.compile(pattern).size());
      return new Comparison.Matches(pattern);
    } catch (PatternProblem e) {
      value.refuse(e.reason() + instead(e.reason()));
      return null;
    }
  }

  private static String instead(String reason) {
    if (reason.contains("look-ahead")) {
      return "; combine two conditions with all and not instead";
    }
    if (reason.contains("back-reference")) {
      return "; write the repeated text out, or use equals or in instead";
    }
    return reason.contains("repeats too much") ? "; use length beside a shorter pattern" : "";
  }

  private @Nullable Comparison glob(Located value) {
    String glob = value.anyText("a glob", PolicyBounds.NAME);
    if (glob == null) {
      return null;
    }
    try {
      Glob.of(glob);
      cost.addPattern(glob.length());
      return new Comparison.MatchesGlob(glob);
    } catch (IllegalArgumentException e) {
      value.refuse(String.valueOf(e.getMessage()).replaceFirst("^glob: ", "not a glob: "));
      return null;
    }
  }

  private static @Nullable String part(Located value) {
    String text = value.anyText("a text", PolicyBounds.TEXT);
    if (text != null && text.isEmpty()) {
      value.refuse("expected a text, got an empty one, which is part of every text");
      return null;
    }
    return text;
  }

  private static @Nullable Comparison bound(
      Located value, Function<BigDecimal, Comparison> comparison) {
    Number number = value.number();
    if (number == null) {
      return null;
    }
    try {
      return comparison.apply(Decimals.exact(number));
    } catch (IllegalArgumentException e) {
      value.refuse(String.valueOf(e.getMessage()));
      return null;
    }
  }

  private List<Comparison> lengths(Located value) {
    Fields fields = value.fields(Section.LENGTH);
    List<Comparison> lengths = new ArrayList<>();
    if (fields == null) {
      return lengths;
    }
    if (fields.keys().isEmpty()) {
      value.refuse("expected " + Words.list(Section.LENGTH.keys()) + " with a whole number");
    }
    for (String key : fields.keys()) {
      Located bound = Section.LENGTH.keys().contains(key) ? fields.get(key) : null;
      Long size = bound == null ? null : bound.whole(0, Integer.MAX_VALUE);
      if (size != null) {
        cost.addCondition();
        lengths.add(new Comparison.Length(size(key, size)));
      }
    }
    return lengths;
  }

  private static Comparison size(String key, long size) {
    return switch (key) {
      case "equals" -> new Comparison.EqualTo(size);
      case "greater_than" -> new Comparison.GreaterThan(BigDecimal.valueOf(size));
      default -> new Comparison.LessThan(BigDecimal.valueOf(size));
    };
  }

  /** One comparison: whether several were to fail together or each for itself would be a guess. */
  private @Nullable Comparison not(Located value) {
    Fields fields = value.fields("a mapping with one comparison: " + Words.list(KEYS));
    if (fields == null) {
      return null;
    }
    int before = value.problems().count();
    fields.knowOnly(KEYS);
    List<Comparison> all = all(fields);
    if (all.size() == 1) {
      return new Comparison.Not(all.get(0));
    }
    if (value.problems().count() == before) {
      value.refuse(
          "expected one comparison under not, got "
              + all.size()
              + "; combine conditions with all or any, and put not before them");
    }
    return null;
  }
}
