package io.governor.policy;

import io.governor.Origin;
import io.governor.RuleId;
import io.governor.Verdict;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An example call and what the policy must say about it, whatever the modes. Cases are run when a
 * policy is loaded; each starts with fresh limits. Immutable; its toString shows no arguments.
 *
 * @param name what it shows; unique in its policy
 * @param agent the id of the agent that calls, or null for any
 * @param tool the tool
 * @param arguments its arguments
 * @param origin the adapter it comes through
 * @param workspace the session's workspace, or null for none
 * @param time when it happens, or null for a moment that does not matter
 * @param repeat how often the call is made, 1 to 1000; what is expected is said of the last. The
 *     cases of a policy make at most 100,000 calls together
 * @param result what the tool returned as text: the verdict is then about the result; null to judge
 *     the call
 * @param expect the verdict
 * @param rule a rule that must be among those that matched, or null
 */
public record PolicyCase(
    String name,
    @Nullable String agent,
    String tool,
    Map<String, @Nullable Object> arguments,
    Origin origin,
    @Nullable String workspace,
    @Nullable Instant time,
    int repeat,
    @Nullable String result,
    Verdict expect,
    @Nullable RuleId rule) {

  public PolicyCase {
    arguments = DocumentValues.map(arguments);
    if (repeat < 1 || repeat > 1000) {
      throw new IllegalArgumentException("case: repeat: expected 1 to 1000, got " + repeat);
    }
  }

  /**
   * Starts a case in Java.
   *
   * @throws IllegalArgumentException when the case is built, if an argument is no JSON value
   */
  public static PolicyCaseBuilder named(
      String name, String tool, Map<String, ? extends @Nullable Object> arguments) {
    return new PolicyCaseBuilder(name, tool, arguments);
  }

  @Override
  public String toString() {
    return "PolicyCase[" + name + ": " + tool + ", " + arguments.size() + " arguments]";
  }
}
