package io.governor.benchmarks;

import io.governor.policy.Comparison;
import io.governor.policy.Condition;
import io.governor.policy.PolicyRule;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Writes the conditions of {@link PolicyGenerator} in the language of a peer. Stateless. */
abstract class RuleTexts {

  /** The condition of a rule: one comparison or several that must all hold. */
  final String condition(PolicyRule rule) {
    return arguments(rule).stream().map(this::argument).collect(Collectors.joining(" && "));
  }

  static List<Condition.Argument> arguments(PolicyRule rule) {
    if (rule.when() instanceof Condition.Argument argument) {
      return List.of(argument);
    }
    List<Condition.Argument> arguments = new ArrayList<>();
    if (rule.when() instanceof Condition.All all) {
      all.conditions().forEach(one -> arguments.add((Condition.Argument) one));
    }
    return arguments;
  }

  private String argument(Condition.Argument argument) {
    List<String> steps = argument.pointer().steps();
    StringBuilder text = new StringBuilder();
    String place = root();
    for (String step : steps) {
      text.append(present(place, step)).append(" && ");
      place = place + "." + step;
    }
    return text + comparison(place, argument.comparison());
  }

  private String comparison(String place, Comparison comparison) {
    if (comparison instanceof Comparison.EqualTo equal) {
      return place + " == " + quoted(String.valueOf(equal.value()));
    }
    if (comparison instanceof Comparison.StartsWith start) {
      return startsWith(place, start.prefix());
    }
    if (comparison instanceof Comparison.Contains contains) {
      return contains(place, contains.text());
    }
    if (comparison instanceof Comparison.GreaterThan greater) {
      return place + " > " + greater.bound().longValueExact();
    }
    if (comparison instanceof Comparison.LessThan less) {
      return place + " < " + less.bound().longValueExact();
    }
    throw new IllegalArgumentException("the generator writes no such comparison");
  }

  /** What the arguments are called. */
  abstract String root();

  /** Says that the place has a member of the name. */
  abstract String present(String place, String name);

  abstract String startsWith(String place, String prefix);

  abstract String contains(String place, String part);

  /** The text as a literal; generated texts need no escapes in any of the languages. */
  static String quoted(String text) {
    if (text.chars().anyMatch(c -> c == '"' || c == '\'' || c == '\\' || c == '*')) {
      throw new IllegalArgumentException("expected a text without quotes, backslashes and stars");
    }
    return '"' + text + '"';
  }
}
