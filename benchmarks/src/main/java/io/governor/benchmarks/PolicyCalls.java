package io.governor.benchmarks;

import io.governor.json.CanonicalJson;
import io.governor.policy.Comparison;
import io.governor.policy.Condition;
import io.governor.policy.Policy;
import io.governor.policy.PolicyRule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Writes the calls that the policies of {@link PolicyGenerator} are measured with: some 300
 * characters of arguments each. The same seed gives the same calls. Not safe for use by several
 * threads; what it makes is.
 */
final class PolicyCalls {

  static final String APPLYING_TOOL = "crm.update";

  /** One call of so many is made to match a rule. */
  private static final int AIMED = 20;

  private static final String WORDS = "please look up the open orders and the last invoice of ";

  private final SplittableRandom random;

  PolicyCalls(long seed) {
    random = new SplittableRandom(seed);
  }

  /** Calls of all tools; the first of every 20 matches one rule, the others match none by aim. */
  List<GeneratedCall> of(Policy policy, int count) {
    List<GeneratedCall> calls = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      calls.add(i % AIMED == 0 ? aimed(one(policy.rules())) : call(tool(), arguments()));
    }
    return List.copyOf(calls);
  }

  /** Calls of the one tool of {@link PolicyGenerator#applying}. */
  List<GeneratedCall> applying(int count) {
    List<GeneratedCall> calls = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      calls.add(call(APPLYING_TOOL, arguments()));
    }
    return List.copyOf(calls);
  }

  private Map<String, Object> arguments() {
    Map<String, Object> filter = new LinkedHashMap<>();
    filter.put("status", "open");
    filter.put("region", one(PolicyGenerator.REGIONS));
    Map<String, Object> arguments = new LinkedHashMap<>();
    arguments.put("customer", PolicyGenerator.customer(random.nextInt(PolicyGenerator.MANY)));
    arguments.put("path", path());
    arguments.put("query", query());
    arguments.put("amount", random.nextLong(1, PolicyGenerator.ORDINARY));
    arguments.put("balance", random.nextLong(-PolicyGenerator.ORDINARY + 1, 100_000));
    arguments.put("filter", filter);
    arguments.put("fields", List.of("name", "plan", "balance"));
    return arguments;
  }

  private String path() {
    return PolicyGenerator.project(random.nextInt(PolicyGenerator.MANY))
        + "src/main/part-"
        + random.nextInt(1000);
  }

  private String query() {
    return WORDS
        + PolicyGenerator.customer(random.nextInt(PolicyGenerator.MANY))
        + ", reference "
        + PolicyGenerator.reference(random.nextInt(PolicyGenerator.MANY));
  }

  private String tool() {
    return one(PolicyGenerator.NAMESPACES) + "." + one(PolicyGenerator.VERBS);
  }

  private GeneratedCall aimed(PolicyRule rule) {
    Map<String, Object> arguments = arguments();
    if (rule.when() instanceof Condition.All all) {
      all.conditions().forEach(condition -> satisfy(condition, arguments));
    } else if (rule.when() instanceof Condition.Argument argument) {
      satisfy(argument, arguments);
    }
    return call(aimedTool(rule.tools().get(0)), arguments);
  }

  private String aimedTool(String scope) {
    return scope.equals("*") ? tool() : scope.replace("*", one(PolicyGenerator.VERBS));
  }

  private static void satisfy(Condition condition, Map<String, Object> arguments) {
    Condition.Argument argument = (Condition.Argument) condition;
    List<String> steps = argument.pointer().steps();
    Object value = satisfying(argument.comparison());
    if (steps.size() == 1) {
      arguments.put(steps.get(0), value);
    } else {
      arguments.put(steps.get(0), Map.of("status", "open", steps.get(1), value));
    }
  }

  private static Object satisfying(Comparison comparison) {
    if (comparison instanceof Comparison.EqualTo equal && equal.value() instanceof String text) {
      return text;
    }
    if (comparison instanceof Comparison.StartsWith start) {
      return start.prefix() + "src/main";
    }
    if (comparison instanceof Comparison.Contains contains) {
      return WORDS + contains.text() + " and tell me";
    }
    if (comparison instanceof Comparison.GreaterThan greater) {
      return greater.bound().longValueExact() + 1;
    }
    if (comparison instanceof Comparison.LessThan less) {
      return less.bound().longValueExact() - 1;
    }
    throw new IllegalArgumentException("the generator writes no such comparison");
  }

  private <T> T one(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  private static GeneratedCall call(String tool, Map<String, Object> arguments) {
    return new GeneratedCall(tool, CanonicalJson.text(arguments), arguments);
  }
}
