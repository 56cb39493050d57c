package io.governor.policy;

import io.governor.Mode;
import io.governor.RuleId;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A policy document: what an operator has decided about the tool calls of agents. Immutable; safe
 * to share between threads. The order of its rules means nothing.
 *
 * @param id the policy's id: 1 to 64 letters, digits, dots, dashes and underscores
 * @param revision which state of the policy this is, from 0
 * @param mode the mode of every rule that names none
 * @param standard the standard rules that take part in verdicts, and how
 * @param tools what the names of tools cannot tell
 * @param requireTrace whether calls that cannot be recorded are refused where the mode is ENFORCE
 * @param agents which tools agents may use; an agent that no entry names may use all
 * @param rules the rules
 * @param risk how the risk of a call is added up, or null for not at all
 * @param cases what the policy must say about examples
 */
public record Policy(
    String id,
    long revision,
    Mode mode,
    Map<RuleId, StandardSetting> standard,
    List<ToolEntry> tools,
    boolean requireTrace,
    List<AgentEntry> agents,
    List<PolicyRule> rules,
    @Nullable Risk risk,
    List<PolicyCase> cases) {

  /** The version of the document's format. */
  public static final int FORMAT = 1;

  public Policy {
    standard = Collections.unmodifiableMap(new TreeMap<>(standard));
    tools = List.copyOf(tools);
    agents = List.copyOf(agents);
    rules = List.copyOf(rules);
    cases = List.copyOf(cases);
  }

  /** Names the policy; its rules are in {@link #rules()}. */
  @Override
  public String toString() {
    return "Policy[" + id + " revision " + revision + ", " + rules.size() + " rules]";
  }
}
