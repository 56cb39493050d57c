package io.governor.policy;

import io.governor.Mode;
import io.governor.RuleId;
import io.governor.ToolTraits;
import io.governor.Verdict;
import io.governor.detect.Detectors;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes a {@link Policy} in Java: everything a file can say. Not safe for use by several threads;
 * the policies it makes are.
 *
 * <pre>{@code
 * Policy.named("acme-support")
 *     .rule(
 *         PolicyRule.named("ACME-101")
 *             .title("Mail goes to our own people")
 *             .tools("mail.send")
 *             .when(not(arg("/to").matches("@acme\\.com$")))
 *             .reason("Mail to outside addresses needs a person.")
 *             .deny())
 *     .example(
 *         PolicyCase.named("outside mail", "mail.send", Map.of("to", "x@evil.example"))
 *             .expect(Verdict.DENY, "ACME-101"))
 *     .build();
 * }</pre>
 */
public final class PolicyBuilder {

  private final String id;
  private long revision;
  private Mode mode = Mode.OBSERVE;
  private final Map<RuleId, StandardSetting> standard = new LinkedHashMap<>();
  private final List<ToolEntry> tools = new ArrayList<>();
  private boolean requireTrace;
  private boolean hide;
  private final List<AgentEntry> agents = new ArrayList<>();
  private final List<PolicyRule> rules = new ArrayList<>();
  private @Nullable Risk risk;
  private final List<PolicyCase> cases = new ArrayList<>();
  private Detectors detectors = Detectors.builtIn();

  PolicyBuilder(String id) {
    this.id = id;
  }

  /** Which state of the policy this is; 0 without. */
  public PolicyBuilder revision(long newRevision) {
    revision = newRevision;
    return this;
  }

  /** The mode of every rule that names none; {@link Mode#OBSERVE} without. */
  public PolicyBuilder mode(Mode newMode) {
    mode = newMode;
    return this;
  }

  /** Lets a standard rule take part in verdicts, and deny. */
  public PolicyBuilder standard(String ruleId, Mode ruleMode) {
    standard.put(RuleId.of(ruleId), new StandardSetting(ruleMode, null));
    return this;
  }

  /** Lets a standard rule take part in verdicts. */
  public PolicyBuilder standard(String ruleId, Mode ruleMode, Verdict effect) {
    standard.put(RuleId.of(ruleId), new StandardSetting(ruleMode, effect));
    return this;
  }

  /** Says what the name of a tool cannot tell; the first entry that matches wins. */
  public PolicyBuilder tool(String nameOrGlob, ToolTraits traits) {
    tools.add(new ToolEntry(List.of(nameOrGlob), traits));
    return this;
  }

  /** Refuses calls that cannot be recorded, where the mode is ENFORCE. */
  public PolicyBuilder requireTrace() {
    requireTrace = true;
    return this;
  }

  /** Does not offer tools that are denied whatever their arguments, where the adapter can. */
  public PolicyBuilder hide() {
    hide = true;
    return this;
  }

  /** Allows agents these tools and no others. */
  public PolicyBuilder allow(String agentOrGlob, String... toolsOrGlobs) {
    agents.add(new AgentEntry(agentOrGlob, List.of(toolsOrGlobs), List.of()));
    return this;
  }

  /** Denies agents these tools, whatever allows them. */
  public PolicyBuilder deny(String agentOrGlob, String... toolsOrGlobs) {
    agents.add(new AgentEntry(agentOrGlob, null, List.of(toolsOrGlobs)));
    return this;
  }

  /** Adds an entry about agents. */
  public PolicyBuilder agent(AgentEntry entry) {
    agents.add(entry);
    return this;
  }

  /** Adds a rule. */
  public PolicyBuilder rule(PolicyRule rule) {
    rules.add(rule);
    return this;
  }

  /** Adds up the risk of calls. */
  public PolicyBuilder risk(Risk newRisk) {
    risk = newRisk;
    return this;
  }

  /** Adds a case that the policy must decide as expected. */
  public PolicyBuilder example(PolicyCase example) {
    cases.add(example);
    return this;
  }

  /** The detectors that rules may name; the built-in ones without. */
  public PolicyBuilder detectors(Detectors newDetectors) {
    detectors = newDetectors;
    return this;
  }

  /**
   * The policy, checked as its document would be, its cases run.
   *
   * @throws IllegalArgumentException with everything that {@link PolicyLoader} would refuse
   */
  public Policy build() {
    Policy policy =
        new Policy(
            id, revision, mode, standard, tools, requireTrace, hide, agents, rules, risk, cases);
    PolicyCheck.check(policy, detectors);
    return policy;
  }
}
