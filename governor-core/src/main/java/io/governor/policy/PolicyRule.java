package io.governor.policy;

import io.governor.CallLimit;
import io.governor.Mode;
import io.governor.Rule;
import io.governor.RuleId;
import io.governor.Verdict;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One rule of a policy. Immutable.
 *
 * @param id its id; unique in its policy
 * @param title one line for people, or null
 * @param serves what the rule is there for, in words of a catalogue such as the OWASP Agentic items
 * @param tools names or globs of the tools it looks at
 * @param when what must hold, or null when every call of these tools matches
 * @param limit how many matching calls are let through first, or null for none
 * @param effect what it says when it matches; REDACT only with a detector that is not negated
 * @param mode how far it reaches; null means the policy's mode
 * @param onError what holds when it is enforced and cannot be evaluated
 * @param reason why, for the model and for people, or null
 * @param suggestion what to do instead, or null
 * @param contract names or globs of the tools that are withdrawn from the session when it matches
 *     and is enforced
 * @param pause whether the session is paused when it matches and is enforced
 */
public record PolicyRule(
    RuleId id,
    @Nullable String title,
    List<String> serves,
    List<String> tools,
    @Nullable Condition when,
    @Nullable CallLimit limit,
    Verdict effect,
    @Nullable Mode mode,
    Rule.OnError onError,
    @Nullable String reason,
    @Nullable String suggestion,
    List<String> contract,
    boolean pause) {

  public PolicyRule {
    serves = List.copyOf(serves);
    tools = List.copyOf(tools);
    contract = List.copyOf(contract);
    if (tools.isEmpty()) {
      throw new IllegalArgumentException(
          "rule " + id + ": tool: expected at least one name or glob");
    }
    if (effect == Verdict.ALLOW) {
      throw new IllegalArgumentException(
          "rule " + id + ": effect: expected warn, redact, ask or deny, got allow");
    }
  }

  /**
   * Starts a rule in Java.
   *
   * @throws IllegalArgumentException if the text is not a rule id
   */
  public static PolicyRuleBuilder named(String id) {
    return new PolicyRuleBuilder(RuleId.of(id));
  }
}
