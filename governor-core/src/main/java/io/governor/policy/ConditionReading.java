package io.governor.policy;

import io.governor.Operation;
import io.governor.Origin;
import io.governor.detect.Detectors;
import io.governor.policy.Condition.Part;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads the conditions of one rule. Used by one thread. */
final class ConditionReading {

  private static final Map<String, Operation> OPERATIONS = KnownNames.names(Operation.values());
  private static final Map<String, Origin> ORIGINS = KnownNames.lowerCase(Origin.values());
  private static final Map<String, Part> PARTS = KnownNames.lowerCase(Part.values());
  private static final List<String> KINDS = kinds();
  private static final Set<String> ALL_KEYS = allKeys();
  private static final String POINTER =
      "a JSON pointer such as /to or /items/*/price, empty for all arguments";

  private final Detectors detectors;
  private final RuleCost cost;
  private final ComparisonReading comparisons;

  ConditionReading(Detectors detectors, RuleCost cost) {
    this.detectors = detectors;
    this.cost = cost;
    this.comparisons = new ComparisonReading(cost);
  }

  private static List<String> kinds() {
    List<String> kinds = new ArrayList<>();
    for (Section section : Section.CONDITIONS) {
      kinds.add(section.key());
    }
    return kinds;
  }

  private static Set<String> allKeys() {
    Set<String> keys = new LinkedHashSet<>(KINDS);
    for (Section section : Section.CONDITIONS) {
      keys.addAll(section.keys());
    }
    return keys;
  }

  @Nullable Condition condition(Located at) {
    return condition(at, 0);
  }

  private @Nullable Condition condition(Located at, int depth) {
    if (depth > PolicyBounds.NESTING) {
      at.refuse("over the cost budget: nested deeper than " + PolicyBounds.NESTING + " levels");
      return null;
    }
    cost.addCondition();
    Fields fields = at.fields("a mapping with one condition: " + Words.list(KINDS));
    Section kind = fields == null ? null : kind(fields);
    if (fields == null || kind == null) {
      return null;
    }
    fields.knowOnly(kind.keys());
    Located value = fields.get(kind.key());
    return value == null ? null : condition(kind, fields, value, depth);
  }

  private @Nullable Condition condition(Section kind, Fields fields, Located value, int depth) {
    return switch (kind) {
      case ALL -> several(value, depth, Condition.All::new);
      case ANY -> several(value, depth, Condition.Any::new);
      case NOT -> not(value, depth);
      case ARGUMENT -> argument(fields, value);
      case DETECT -> detect(fields, value);
      case COMMAND -> new CommandReading().command(value);
      case TIME -> new TimeReading().time(value);
      case OPERATION -> set(value.words(OPERATIONS), Operation.class, Condition.OperationIs::new);
      case ORIGIN -> set(value.words(ORIGINS), Origin.class, Condition.OriginIs::new);
      case SERVER ->
          list(
              Globs.read(value, "the name of an MCP server or a glob", PolicyBounds.LIST),
              Condition.ServerIs::new);
      case METHOD -> list(McpMethods.read(value), Condition.MethodIs::new);
      case CLASSIFICATION ->
          list(value.texts("a class of data", PolicyBounds.LIST), Condition.ClassifiedAs::new);
      default -> throw new IllegalStateException("not a condition: " + kind);
    };
  }

  /** Which condition the mapping is; what is wrong is said when it is not exactly one. */
  private static @Nullable Section kind(Fields fields) {
    List<Section> kinds = new ArrayList<>();
    for (Section section : Section.CONDITIONS) {
      // Beside arg, the key not belongs to the comparison.
      boolean ofArgument = section == Section.NOT && fields.has(Section.ARGUMENT.key());
      if (fields.has(section.key()) && !ofArgument) {
        kinds.add(section);
      }
    }
    if (kinds.size() == 1) {
      return kinds.get(0);
    }
    if (kinds.isEmpty()) {
      refuseUnknown(fields);
    } else {
      fields
          .at()
          .refuse(
              "expected one condition in a mapping, got "
                  + String.join(", ", kinds.stream().map(Section::key).toList())
                  + "; combine them with all");
    }
    return null;
  }

  private static void refuseUnknown(Fields fields) {
    boolean told = false;
    for (String key : fields.keys()) {
      if (!ALL_KEYS.contains(key)) {
        fields.refuseKey(key, "unknown condition" + Words.meant(key, KINDS));
        told = true;
      }
    }
    if (!told) {
      String beside = fields.has("in") ? "; in goes with detect or arg" : "";
      fields
          .at()
          .refuse(
              "expected a condition: "
                  + Words.list(KINDS)
                  + (fields.keys().isEmpty() || !beside.isEmpty()
                      ? beside
                      : "; comparisons stand beside arg"));
    }
  }

  private @Nullable Condition several(
      Located value, int depth, Function<List<Condition>, Condition> of) {
    List<Located> items = value.items("a list of conditions", PolicyBounds.CONDITIONS);
    if (items == null) {
      return null;
    }
    if (items.isEmpty()) {
      value.refuse("expected at least one condition, got an empty list");
    }
    List<Condition> conditions = new ArrayList<>();
    for (Located item : items) {
      Condition condition = condition(item, depth + 1);
      if (condition != null) {
        conditions.add(condition);
      }
    }
    return conditions.isEmpty() ? null : of.apply(conditions);
  }

  private @Nullable Condition not(Located value, int depth) {
    Condition condition = condition(value, depth + 1);
    return condition == null ? null : new Condition.Not(condition);
  }

  private @Nullable Condition argument(Fields fields, Located value) {
    ArgumentPointer pointer = pointer(value);
    List<Comparison> all = comparisons.beside(fields);
    if (pointer == null || all.isEmpty()) {
      return null;
    }
    List<Condition> conditions = new ArrayList<>();
    all.forEach(comparison -> conditions.add(new Condition.Argument(pointer, comparison)));
    return conditions.size() == 1 ? conditions.get(0) : new Condition.All(conditions);
  }

  private static @Nullable ArgumentPointer pointer(Located value) {
    String text = value.anyText(POINTER, PolicyBounds.NAME);
    if (text == null) {
      return null;
    }
    try {
      return ArgumentPointer.of(text);
    } catch (IllegalArgumentException e) {
      value.refuse("not a " + e.getMessage() + ", as in /to or /items/*/price");
      return null;
    }
  }

  private @Nullable Condition detect(Fields fields, Located value) {
    List<String> names = new ArrayList<>();
    for (Located item : value.oneOrMore("the name of a detector or a family", PolicyBounds.LIST)) {
      String name = item.text("the name of a detector or a family", PolicyBounds.NAME);
      if (name != null && detectors.knows(name)) {
        names.add(name);
      } else if (name != null) {
        String meant = Words.meant(name, PolicyCheck.words(detectors));
        item.refuse(
            "unknown detector"
                + (meant.isEmpty() ? "; the families are personal, secret and content" : meant));
      }
    }
    List<Part> parts = fields.read("in", each -> each.words(PARTS), List.of(Part.ARGUMENTS));
    return names.isEmpty() || parts.isEmpty()
        ? null
        : new Condition.Detect(names, EnumSet.copyOf(parts));
  }

  private static <E extends Enum<E>> @Nullable Condition set(
      List<E> items, Class<E> of, Function<Set<E>, Condition> condition) {
    EnumSet<E> set = EnumSet.noneOf(of);
    set.addAll(items);
    return set.isEmpty() ? null : condition.apply(set);
  }

  private static @Nullable Condition list(
      List<String> items, Function<List<String>, Condition> condition) {
    return items.isEmpty() ? null : condition.apply(items);
  }
}
