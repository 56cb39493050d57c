package io.governor.policy;

import io.governor.Rule;
import io.governor.Rule.Stage;
import io.governor.detect.Detectors;
import io.governor.policy.Condition.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Makes of a policy's rules what an evaluator asks. Any thread may use it. */
public final class PolicyRules {

  private PolicyRules() {}

  /**
   * Compiles the rules: one for the call, one for its result, or both, by where they look.
   *
   * @throws IllegalArgumentException if a pattern, glob or command in them is malformed
   */
  public static List<Rule> compile(Policy policy, Detectors detectors) {
    List<Rule> rules = new ArrayList<>();
    for (PolicyRule rule : policy.rules()) {
      for (Stage stage : stages(rule.when())) {
        rules.add(compile(rule, stage, detectors));
      }
    }
    return List.copyOf(rules);
  }

  private static Rule compile(PolicyRule rule, Stage stage, Detectors detectors) {
    Condition when = rule.when();
    Set<String> named = named(when);
    return new CompiledRule(
        rule,
        stage,
        when == null ? null : new ConditionCompiler(stage, detectors).compile(when),
        when != null && Purity.searches(when),
        Requirement.of(when),
        detectors.select(named),
        detectors);
  }

  /** The detectors and families that a condition names, negated or not. */
  static Set<String> named(@Nullable Condition when) {
    Set<String> named = new TreeSet<>();
    detections(when, detect -> named.addAll(detect.detectors()));
    return named;
  }

  /** The detectors that the policy needs: what its rules name, and all when risk counts them. */
  public static Set<String> detectors(Policy policy, Detectors detectors) {
    Risk risk = policy.risk();
    if (risk != null && risk.weights().containsKey(Risk.Signal.DETECTION)) {
      return detectors.names();
    }
    Set<String> named = new TreeSet<>();
    for (PolicyRule rule : policy.rules()) {
      named.addAll(named(rule.when()));
    }
    return detectors.select(named);
  }

  /**
   * Where a rule is asked: at the result if it looks there, and at the call unless it looks only at
   * results.
   */
  static List<Stage> stages(@Nullable Condition when) {
    List<Condition.Detect> found = new ArrayList<>();
    detections(when, found::add);
    boolean results = found.stream().anyMatch(detect -> detect.in().contains(Part.RESULT));
    boolean onlyResults = found.stream().anyMatch(d -> d.in().equals(Set.of(Part.RESULT)));
    if (!results) {
      return List.of(Stage.CALL);
    }
    return onlyResults ? List.of(Stage.RESULT) : List.of(Stage.CALL, Stage.RESULT);
  }

  private static void detections(@Nullable Condition from, Consumer<Condition.Detect> found) {
    if (from instanceof Condition.Detect detect) {
      found.accept(detect);
    } else if (from instanceof Condition.Not not) {
      detections(not.condition(), found);
    } else if (from instanceof Condition.All all) {
      all.conditions().forEach(condition -> detections(condition, found));
    } else if (from instanceof Condition.Any any) {
      any.conditions().forEach(condition -> detections(condition, found));
    }
  }
}
