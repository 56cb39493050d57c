package io.governor.policy;

import io.governor.Origin;
import io.governor.RuleId;
import io.governor.Verdict;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes a {@link PolicyCase} in Java, ending with what is expected. Not safe for use by several
 * threads; the cases it makes are.
 */
public final class PolicyCaseBuilder {

  private final String name;
  private final String tool;
  private final Map<String, ? extends @Nullable Object> arguments;
  private @Nullable String agent;
  private Origin origin = Origin.API;
  private @Nullable String workspace;
  private @Nullable Instant time;
  private int repeat = 1;
  private @Nullable String result;

  PolicyCaseBuilder(String name, String tool, Map<String, ? extends @Nullable Object> arguments) {
    this.name = name;
    this.tool = tool;
    this.arguments = arguments;
  }

  /** The id of the agent that calls. */
  public PolicyCaseBuilder agent(String id) {
    agent = id;
    return this;
  }

  /** The adapter the call comes through; without this, the host's own code. */
  public PolicyCaseBuilder origin(Origin newOrigin) {
    origin = newOrigin;
    return this;
  }

  /** The session's workspace. */
  public PolicyCaseBuilder workspace(Path folder) {
    workspace = folder.toString();
    return this;
  }

  /** When it happens. */
  public PolicyCaseBuilder at(Instant moment) {
    time = moment;
    return this;
  }

  /** How often the call is made, 1 to 1000; what is expected is said of the last. */
  public PolicyCaseBuilder repeat(int times) {
    repeat = times;
    return this;
  }

  /** What the tool returned: what is expected is said of the result. */
  public PolicyCaseBuilder result(String text) {
    result = text;
    return this;
  }

  /** The verdict. */
  public PolicyCase expect(Verdict verdict) {
    return expect(verdict, (RuleId) null);
  }

  /** The verdict, and a rule that must be among those that matched. */
  public PolicyCase expect(Verdict verdict, String ruleId) {
    return expect(verdict, RuleId.of(ruleId));
  }

  private PolicyCase expect(Verdict verdict, @Nullable RuleId rule) {
    return new PolicyCase(
        name,
        agent,
        tool,
        DocumentValues.map(arguments),
        origin,
        workspace,
        time,
        repeat,
        result,
        verdict,
        rule);
  }
}
