package io.governor.benchmarks;

import com.googlecode.aviator.runtime.function.FunctionUtils;
import com.googlecode.aviator.runtime.type.AviatorBoolean;
import com.googlecode.aviator.runtime.type.AviatorObject;
import io.governor.policy.Policy;
import io.governor.policy.PolicyRule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import org.casbin.jcasbin.main.Enforcer;
import org.casbin.jcasbin.model.Model;
import org.casbin.jcasbin.util.function.CustomFunction;

/**
 * jCasbin with one policy line per rule, over arguments that are parsed already. It stops at the
 * first line that denies and names no other.
 */
final class CasbinJudge implements Judge<Object[]> {

  private static final String MODEL =
      """
      [request_definition]
      r = tool, args
      [policy_definition]
      p = tool, rule, eft
      [policy_effect]
      e = !some(where (p.eft == deny))
      [matchers]
      m = keyMatch(r.tool, p.tool) && %s
      """;

  private final Enforcer enforcer;

  private CasbinJudge(String matcher, List<List<String>> lines) {
    enforcer = new Enforcer(Model.newModelFromString(MODEL.formatted(matcher)));
    enforcer.enableLog(false);
    enforcer.addPolicies(lines);
  }

  /**
   * Attribute rules as the project documents them: each line has its condition as text, and the
   * matcher evaluates it.
   */
  static CasbinJudge evaluating(Policy policy) {
    CasbinJudge judge =
        new CasbinJudge("eval(p.rule)", lines(policy, rule -> new Texts().condition(rule)));
    judge.add("hasPrefix", (text, prefix) -> text instanceof String s && s.startsWith(prefix));
    judge.add("hasPart", (text, part) -> text instanceof String s && s.contains(part));
    return judge;
  }

  /**
   * What it can do at best: the matcher calls back into Java, where a lambda waits for each line.
   */
  static CasbinJudge callingBack(Policy policy) {
    Map<String, Predicate<Map<String, Object>>> conditions = new HashMap<>();
    for (PolicyRule rule : policy.rules()) {
      conditions.put(rule.id().value(), HandwrittenJudge.condition(rule));
    }
    CasbinJudge judge =
        new CasbinJudge("holds(r.args, p.rule)", lines(policy, rule -> rule.id().value()));
    judge.add(
        "holds", (args, id) -> Objects.requireNonNull(conditions.get(id)).test(asArguments(args)));
    return judge;
  }

  @SuppressWarnings("unchecked") // what request() hands over comes back
  private static Map<String, Object> asArguments(Object value) {
    return (Map<String, Object>) value;
  }

  private interface Line {
    String of(PolicyRule rule);
  }

  private static List<List<String>> lines(Policy policy, Line line) {
    List<List<String>> lines = new ArrayList<>();
    for (PolicyRule rule : policy.rules()) {
      lines.add(List.of(rule.tools().get(0), line.of(rule), "deny"));
    }
    return lines;
  }

  private void add(String name, BiPredicate<Object, String> test) {
    enforcer.addFunction(name, new Test(name, test));
  }

  /** A function of two values for its expressions; never serialized. */
  @SuppressWarnings("serial")
  private static final class Test extends CustomFunction {
    private final String name;
    private final BiPredicate<Object, String> test;

    Test(String name, BiPredicate<Object, String> test) {
      this.name = name;
      this.test = test;
    }

    @Override
    public AviatorObject call(Map<String, Object> env, AviatorObject first, AviatorObject second) {
      Object value = FunctionUtils.getJavaObject(first, env);
      return AviatorBoolean.valueOf(test.test(value, FunctionUtils.getStringValue(second, env)));
    }

    @Override
    public String getName() {
      return name;
    }
  }

  @Override
  public Object[] request(GeneratedCall call) {
    return new Object[] {call.tool(), call.arguments()};
  }

  @Override
  public boolean refuses(Object[] request) {
    return !enforcer.enforce(request);
  }

  private static final class Texts extends RuleTexts {
    @Override
    String root() {
      return "r.args";
    }

    @Override
    String present(String place, String name) {
      return place + "." + name + " != nil";
    }

    @Override
    String startsWith(String place, String prefix) {
      return "hasPrefix(" + place + ", " + quoted(prefix) + ")";
    }

    @Override
    String contains(String place, String part) {
      return "hasPart(" + place + ", " + quoted(part) + ")";
    }
  }
}
