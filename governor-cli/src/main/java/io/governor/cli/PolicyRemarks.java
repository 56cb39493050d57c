package io.governor.cli;

import io.governor.Mode;
import io.governor.Verdict;
import io.governor.policy.LoadedPolicy;
import io.governor.policy.Policy;
import io.governor.policy.PolicyProblem;
import io.governor.policy.PolicyRule;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What may not be meant as a policy says it. Stateless. */
final class PolicyRemarks {

  private PolicyRemarks() {}

  /**
   * A remark.
   *
   * @param about what it is about: a rule's id, or a place in the document
   */
  record Remark(String about, String message) {}

  static List<Remark> of(LoadedPolicy loaded) {
    List<Remark> remarks = new ArrayList<>();
    for (PolicyProblem warning : loaded.warnings()) {
      remarks.add(
          new Remark("line " + warning.place().line(), warning.path() + ": " + warning.message()));
    }
    remarks.addAll(contradictions(loaded.policy()));
    for (PolicyRule rule : loaded.policy().rules()) {
      if (ToolReach.mode(loaded.policy(), rule) == Mode.OFF) {
        remarks.add(new Remark(rule.id().value(), "never matches: its mode is off"));
      }
    }
    return remarks;
  }

  private record Reach(Set<String> tools, @Nullable Object when) {}

  /** Enforced rules about the same calls that say different things of them. */
  private static List<Remark> contradictions(Policy policy) {
    Map<Reach, List<PolicyRule>> byReach = new LinkedHashMap<>();
    for (PolicyRule rule : policy.rules()) {
      if (ToolReach.mode(policy, rule) == Mode.ENFORCE) {
        Reach reach = new Reach(new HashSet<>(rule.tools()), rule.when());
        byReach.computeIfAbsent(reach, each -> new ArrayList<>()).add(rule);
      }
    }
    List<Remark> remarks = new ArrayList<>();
    byReach.values().forEach(rules -> contradictions(rules, remarks));
    return remarks;
  }

  private static void contradictions(List<PolicyRule> rules, List<Remark> remarks) {
    PolicyRule strongest = rules.get(0);
    for (PolicyRule rule : rules) {
      strongest = rule.effect().compareTo(strongest.effect()) > 0 ? rule : strongest;
    }
    for (PolicyRule rule : rules) {
      Verdict effect = rule.effect();
      if (effect != strongest.effect()) {
        remarks.add(
            new Remark(
                rule.id().value(),
                "contradicts "
                    + strongest.id()
                    + ": both are enforced for the same tools and condition, and the stronger"
                    + " effect decides, "
                    + strongest.effect().wireName()
                    + " over "
                    + effect.wireName()));
      }
    }
  }
}
