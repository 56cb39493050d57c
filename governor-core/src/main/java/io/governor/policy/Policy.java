package io.governor.policy;

import io.governor.Mode;
import io.governor.RuleId;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A policy document: what an operator has decided about the tool calls of agents. Immutable; safe
 * to share between threads. The order of its rules means nothing. Equal when the documents say the
 * same in the same order.
 *
 * <p>Read one with {@link PolicyLoader}, or write one in Java with {@link #named(String)}.
 */
public final class Policy {

  /** The version of the document's format. */
  public static final int FORMAT = 1;

  private final String id;
  private final long revision;
  private final Mode mode;
  private final Map<RuleId, StandardSetting> standard;
  private final List<ToolEntry> tools;
  private final boolean requireTrace;
  private final boolean hide;
  private final List<AgentEntry> agents;
  private final List<PolicyRule> rules;
  private final @Nullable Risk risk;
  private final List<PolicyCase> cases;

  // Computed when it is first asked for; threads that race compute the same text.
  private @Nullable String hash;

  /**
   * Puts a document together; nothing is checked that {@link PolicyLoader} and {@link
   * PolicyBuilder} check.
   *
   * @param id the policy's id: 1 to 64 letters, digits, dots, dashes and underscores
   * @param revision which state of the policy this is, from 0
   * @param mode the mode of every rule that names none
   * @param standard the standard rules that take part in verdicts, and how
   * @param tools what the names of tools cannot tell
   * @param requireTrace whether calls that cannot be recorded are refused where the mode is ENFORCE
   * @param hide whether tools are not offered that are denied whatever their arguments
   * @param agents which tools agents may use; an agent that no entry names may use all
   * @param rules the rules
   * @param risk how the risk of a call is added up, or null for not at all
   * @param cases what the policy must say about examples
   */
  public Policy(
      String id,
      long revision,
      Mode mode,
      Map<RuleId, StandardSetting> standard,
      List<ToolEntry> tools,
      boolean requireTrace,
      boolean hide,
      List<AgentEntry> agents,
      List<PolicyRule> rules,
      @Nullable Risk risk,
      List<PolicyCase> cases) {
    this.id = id;
    this.revision = revision;
    this.mode = mode;
    this.standard = Collections.unmodifiableMap(new TreeMap<>(standard));
    this.tools = List.copyOf(tools);
    this.requireTrace = requireTrace;
    this.hide = hide;
    this.agents = List.copyOf(agents);
    this.rules = List.copyOf(rules);
    this.risk = risk;
    this.cases = List.copyOf(cases);
  }

  /** As the other, for a policy that hides nothing. */
  public Policy(
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
    this(id, revision, mode, standard, tools, requireTrace, false, agents, rules, risk, cases);
  }

  /** Starts a policy in Java. */
  public static PolicyBuilder named(String id) {
    return new PolicyBuilder(id);
  }

  /** The policy's id. */
  public String id() {
    return id;
  }

  /** Which state of the policy this is. */
  public long revision() {
    return revision;
  }

  /** The mode of every rule that names none. */
  public Mode mode() {
    return mode;
  }

  /** The standard rules that take part in verdicts, and how. */
  public Map<RuleId, StandardSetting> standard() {
    return standard;
  }

  /** What the names of tools cannot tell. */
  public List<ToolEntry> tools() {
    return tools;
  }

  /** Whether calls that cannot be recorded are refused where the mode is ENFORCE. */
  public boolean requireTrace() {
    return requireTrace;
  }

  /**
   * Whether tools are not offered, where the adapter can leave them out, that an agent's list or an
   * enforced rule without a condition or limit denies. They are refused all the same when called.
   */
  public boolean hide() {
    return hide;
  }

  /** Which tools agents may use. */
  public List<AgentEntry> agents() {
    return agents;
  }

  /** The rules. */
  public List<PolicyRule> rules() {
    return rules;
  }

  /** How the risk of a call is added up, or null for not at all. */
  public @Nullable Risk risk() {
    return risk;
  }

  /** What the policy must say about examples. */
  public List<PolicyCase> cases() {
    return cases;
  }

  /**
   * The policy as a YAML document. {@link PolicyLoader#parse} reads an equal policy from it, if
   * this one is what a document can hold.
   */
  public String toYaml() {
    return PolicyWriter.yaml(this);
  }

  /** The policy as a JSON document on one line, otherwise like {@link #toYaml()}. */
  public String toJson() {
    return PolicyWriter.json(this);
  }

  /**
   * The SHA-256 of the policy's canonical JSON, in lower-case hexadecimal digits. It depends on
   * what the policy says, not on the order of its rules, nor on how the document is written.
   */
  public String hash() {
    String known = hash;
    if (known == null) {
      known = PolicyWriter.hash(this);
      hash = known;
    }
    return known;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Policy policy && parts().equals(policy.parts());
  }

  @Override
  public int hashCode() {
    return parts().hashCode();
  }

  private List<Object> parts() {
    return Arrays.asList(
        id, revision, mode, standard, tools, requireTrace, hide, agents, rules, risk(risk), cases);
  }

  private static Object risk(@Nullable Risk risk) {
    return Objects.requireNonNullElse(risk, "none");
  }

  /** Names the policy; its rules are in {@link #rules()}. */
  @Override
  public String toString() {
    return "Policy[" + id + " revision " + revision + ", " + rules.size() + " rules]";
  }
}
