package io.governor.policy;

import io.governor.Rule;
import io.governor.Rule.Stage;
import io.governor.detect.Detectors;
import io.governor.policy.Condition.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
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
    for (Condition.Detect detect : detections(when)) {
      named.addAll(detect.detectors());
    }
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
    List<Condition.Detect> found = detections(when);
    boolean results = false;
    boolean onlyResults = false;
    for (Condition.Detect detect : found) {
      results |= detect.in().contains(Part.RESULT);
      onlyResults |= detect.in().equals(Set.of(Part.RESULT));
    }
    if (!results) {
      return List.of(Stage.CALL);
    }
    return onlyResults ? List.of(Stage.RESULT) : List.of(Stage.CALL, Stage.RESULT);
  }

  private static List<Condition.Detect> detections(@Nullable Condition from) {
    List<Condition.Detect> found = new ArrayList<>();
    if (from != null) {
      collect(from, found);
    }
    return found;
  }

  private static void collect(Condition from, List<Condition.Detect> found) {
    if (from instanceof Condition.Detect detect) {
      found.add(detect);
    }
    for (Condition part : ConditionParts.of(from)) {
      collect(part, found);
    }
  }
}
