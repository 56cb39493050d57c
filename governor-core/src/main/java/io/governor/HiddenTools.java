package io.governor;

import io.governor.pattern.Glob;
import io.governor.policy.Policy;
import io.governor.policy.PolicyRule;
import java.util.List;

/**
 * The tools that agents are not even offered, where the policy wants it so: those that are denied
 * whatever their arguments, by an agent's list or by an enforced rule without condition and limit.
 * Immutable.
 *
 * @param lists the lists, or none where nothing is hidden
 * @param standard whether what the lists say is acted on
 * @param denied what such rules deny
 */
record HiddenTools(AgentLists lists, StandardModes standard, List<Glob> denied) {

  /** Every tool is offered. */
  static final HiddenTools NONE =
      new HiddenTools(new AgentLists(List.of()), StandardModes.NONE, List.of());

  static HiddenTools of(Policy policy, AgentLists lists, StandardModes standard) {
    return policy.hide() ? new HiddenTools(lists, standard, denied(policy)) : NONE;
  }

  private static List<Glob> denied(Policy policy) {
    return policy.rules().stream()
        .filter(rule -> isUnconditional(rule, policy.mode()))
        .flatMap(rule -> rule.tools().stream())
        .map(Glob::of)
        .toList();
  }

  private static boolean isUnconditional(PolicyRule rule, Mode defaultMode) {
    Mode mode = rule.mode() == null ? defaultMode : rule.mode();
    return mode == Mode.ENFORCE
        && rule.effect() == Verdict.DENY
        && rule.when() == null
        && rule.limit() == null;
  }

  boolean hides(String agent, String tool) {
    RuleId refusal = lists.refusal(agent, tool);
    return (refusal != null && standard.carriesOut(refusal))
        || denied.stream().anyMatch(glob -> glob.matches(tool));
  }
}
