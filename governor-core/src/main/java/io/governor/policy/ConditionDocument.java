package io.governor.policy;

import io.governor.Operation;
import io.governor.Origin;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes the document of a condition. Stateless. */
final class ConditionDocument {

  private ConditionDocument() {}

  static Map<String, @Nullable Object> of(Condition condition) {
    if (condition instanceof Condition.All all) {
      return Tree.of("all", all.conditions().stream().map(ConditionDocument::of).toList());
    }
    if (condition instanceof Condition.Any any) {
      return Tree.of("any", any.conditions().stream().map(ConditionDocument::of).toList());
    }
    if (condition instanceof Condition.Not not) {
      return Tree.of("not", of(not.condition()));
    }
    if (condition instanceof Condition.Argument argument) {
      Tree tree = new Tree();
      tree.put("arg", argument.pointer().toString());
      put(argument.comparison(), tree);
      return tree.members();
    }
    return fact(condition);
  }

  private static Map<String, @Nullable Object> fact(Condition condition) {
    if (condition instanceof Condition.Detect detect) {
      return detect(detect);
    }
    if (condition instanceof Condition.Command command) {
      return Tree.of("command", command(command));
    }
    if (condition instanceof Condition.Time time) {
      return Tree.of("time", time(time));
    }
    Tree tree = new Tree();
    if (condition instanceof Condition.OperationIs is) {
      tree.putNames("operation", is.operations().stream().map(Operation::name).toList());
    } else if (condition instanceof Condition.OriginIs is) {
      tree.putNames("origin", is.origins().stream().map(Origin::wireName).toList());
    } else if (condition instanceof Condition.ServerIs is) {
      tree.putNames("server", is.servers());
    } else if (condition instanceof Condition.MethodIs is) {
      tree.putNames("method", is.methods());
    } else if (condition instanceof Condition.ClassifiedAs as) {
      tree.putNames("classification", as.classifications());
    }
    return tree.members();
  }

  private static Map<String, @Nullable Object> detect(Condition.Detect detect) {
    Tree tree = new Tree();
    tree.putNames("detect", detect.detectors());
    List<String> parts = new ArrayList<>();
    detect.in().forEach(part -> parts.add(part.name().toLowerCase(Locale.ROOT)));
    tree.putNames("in", parts);
    return tree.members();
  }

  private static Map<String, @Nullable Object> command(Condition.Command command) {
    Tree tree = new Tree();
    tree.putUnlessNull("destructive", command.destructive());
    tree.putUnlessEmpty("runs", command.runs());
    tree.putUnlessEmpty("touches", command.touches());
    tree.putUnlessNull("complete", command.complete());
    return tree.members();
  }

  private static Map<String, @Nullable Object> time(Condition.Time time) {
    Tree tree = new Tree();
    tree.put("zone", time.zone().getId());
    Map<DayOfWeek, String> words = TimeReading.words();
    List<@Nullable Object> days = new ArrayList<>();
    time.days().forEach(day -> days.add(words.get(day)));
    if (days.size() < words.size()) {
      tree.put("days", days);
    }
    if (!time.from().equals(LocalTime.MIDNIGHT) || !time.to().equals(LocalTime.MIDNIGHT)) {
      tree.put("from", time.from().toString());
      tree.put("to", time.to().toString());
    }
    return tree.members();
  }

  private static void put(Comparison comparison, Tree tree) {
    if (comparison instanceof Comparison.EqualTo equal) {
      tree.put("equals", equal.value());
    } else if (comparison instanceof Comparison.In in) {
      tree.put("in", in.values());
    } else if (comparison instanceof Comparison.GreaterThan greater) {
      tree.put("greater_than", DocumentValues.plain(greater.bound()));
    } else if (comparison instanceof Comparison.LessThan less) {
      tree.put("less_than", DocumentValues.plain(less.bound()));
    } else if (comparison instanceof Comparison.Present present) {
      tree.put("present", present.expected());
    } else if (comparison instanceof Comparison.OfType ofType) {
      tree.put("type", ofType.type().wireName());
    } else if (comparison instanceof Comparison.Length length) {
      tree.put("length", nested(length.size()));
    } else if (comparison instanceof Comparison.Not not) {
      tree.put("not", nested(not.comparison()));
    } else {
      putTexts(comparison, tree);
    }
  }

  private static void putTexts(Comparison comparison, Tree tree) {
    if (comparison instanceof Comparison.Matches matches) {
      tree.put("matches", matches.pattern());
    } else if (comparison instanceof Comparison.MatchesGlob glob) {
      tree.put("glob", glob.glob());
    } else if (comparison instanceof Comparison.Contains contains) {
      tree.put("contains", contains.text());
    } else if (comparison instanceof Comparison.StartsWith start) {
      tree.put("starts_with", start.prefix());
    } else if (comparison instanceof Comparison.Inside inside) {
      tree.put("inside", inside.roots());
    } else if (comparison instanceof Comparison.HostIn hostIn) {
      tree.put("host_in", hostIn.hosts());
    }
  }

  private static Map<String, @Nullable Object> nested(Comparison comparison) {
    Tree tree = new Tree();
    put(comparison, tree);
    return tree.members();
  }
}
