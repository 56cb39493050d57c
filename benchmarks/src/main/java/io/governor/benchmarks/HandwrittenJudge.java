package io.governor.benchmarks;

import io.governor.policy.Comparison;
import io.governor.policy.Condition;
import io.governor.policy.Policy;
import io.governor.policy.PolicyRule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The limit of what can be had without looking rules up by their conditions: one hash look-up of
 * the tool, and then the lambdas of the rules about it, over arguments that somebody else parsed.
 * No session, no record, no decision but a yes or no.
 */
final class HandwrittenJudge implements Judge.Naming<GeneratedCall> {

  private static final Rule[] NONE = {};

  private final Map<String, Rule[]> byTool = new HashMap<>();

  private record Rule(String id, Predicate<Map<String, Object>> condition) {}

  HandwrittenJudge(Policy policy) {
    for (String namespace : PolicyGenerator.NAMESPACES) {
      for (String verb : PolicyGenerator.VERBS) {
        byTool.put(namespace + "." + verb, about(namespace, verb, policy));
      }
    }
  }

  private static Rule[] about(String namespace, String verb, Policy policy) {
    List<String> scopes = List.of(namespace + "." + verb, namespace + ".*", "*");
    return policy.rules().stream()
        .filter(rule -> scopes.contains(rule.tools().get(0)))
        .map(rule -> new Rule(rule.id().value(), condition(rule)))
        .toArray(Rule[]::new);
  }

  static Predicate<Map<String, Object>> condition(PolicyRule rule) {
    List<Predicate<Map<String, Object>>> all = new ArrayList<>();
    for (Condition.Argument argument : RuleTexts.arguments(rule)) {
      all.add(at(argument.pointer().steps(), holds(argument.comparison())));
    }
    return all.stream().reduce(Predicate::and).orElseThrow();
  }

  private static Predicate<Map<String, Object>> at(
      List<String> steps, Predicate<@Nullable Object> holds) {
    String first = steps.get(0);
    if (steps.size() == 1) {
      return arguments -> holds.test(arguments.get(first));
    }
    String second = steps.get(1);
    return arguments ->
        arguments.get(first) instanceof Map<?, ?> inner && holds.test(inner.get(second));
  }

  private static Predicate<@Nullable Object> holds(Comparison comparison) {
    if (comparison instanceof Comparison.EqualTo equal && equal.value() instanceof String value) {
      return value::equals;
    }
    if (comparison instanceof Comparison.StartsWith start) {
      String prefix = start.prefix();
      return value -> value instanceof String text && text.startsWith(prefix);
    }
    if (comparison instanceof Comparison.Contains contains) {
      String part = contains.text();
      return value -> value instanceof String text && text.contains(part);
    }
    if (comparison instanceof Comparison.GreaterThan greater) {
      long bound = greater.bound().longValueExact();
      return value -> value instanceof Long number && number > bound;
    }
    if (comparison instanceof Comparison.LessThan less) {
      long bound = less.bound().longValueExact();
      return value -> value instanceof Long number && number < bound;
    }
    throw new IllegalArgumentException("the generator writes no such comparison");
  }

  @Override
  public GeneratedCall request(GeneratedCall call) {
    return call;
  }

  /** Asks every rule, as the others do. */
  @Override
  public boolean refuses(GeneratedCall call) {
    int matching = 0;
    for (Rule rule : byTool.getOrDefault(call.tool(), NONE)) {
      if (rule.condition().test(call.arguments())) {
        matching++;
      }
    }
    return matching > 0;
  }

  @Override
  public SortedSet<String> matching(GeneratedCall call) {
    SortedSet<String> ids = new TreeSet<>();
    for (Rule rule : byTool.getOrDefault(call.tool(), NONE)) {
      if (rule.condition().test(call.arguments())) {
        ids.add(rule.id());
      }
    }
    return ids;
  }
}
