package io.governor;

import io.governor.detect.Detectors;
import io.governor.event.GovernorMember.PolicyRef;
import io.governor.pattern.Glob;
import io.governor.policy.Policy;
import io.governor.policy.PolicyRules;
import io.governor.policy.Risk;
import io.governor.policy.ToolEntry;
import io.governor.standard.StandardRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Everything that decides, at one revision: the policy's rules and lists with the host's own.
 * Immutable; safe to share between threads.
 *
 * @param policy the policy, or null when there is none
 * @param index the rules by what they look at
 * @param evaluator asks them
 * @param standard the standard rules that take part, and how
 * @param contractions what rules do to the rest of a session
 * @param agents which tools agents may use
 * @param hidden which of the others they are not even offered
 * @param risk adds up risk, or null where the policy weighs none
 * @param classifier tells what calls do
 * @param detectors all detectors
 * @param named the detectors that some rule names: the others' findings are nobody's business
 * @param mode the mode of rules that name none
 * @param requireTrace whether calls that cannot be recorded are refused in mode ENFORCE
 */
record RuleSet(
    @Nullable PolicyRef policy,
    RuleIndex index,
    RuleEvaluator evaluator,
    StandardModes standard,
    Contractions contractions,
    AgentLists agents,
    HiddenTools hidden,
    @Nullable RiskMeter risk,
    ToolClassifier classifier,
    Detectors detectors,
    Set<String> named,
    Mode mode,
    boolean requireTrace) {

  /** How the names of tools begin that can be pinned. */
  private static final String MCP = "mcp__";

  /**
   * What the host configured in Java, to which a policy is added.
   *
   * @param rules the host's rules
   * @param standard how it lets standard rules take part; stronger than what a policy says
   * @param tools what it says about tools; stronger than what a policy says
   * @param detectors the detectors it knows
   * @param mode the mode where there is no policy
   * @param requireTrace whether calls that cannot be recorded are refused
   * @param cached how many evaluations are remembered; 0 for none
   */
  record Host(
      List<Rule> rules,
      Map<RuleId, StandardModes.Setting> standard,
      List<Map.Entry<Glob, ToolTraits>> tools,
      Detectors detectors,
      Mode mode,
      boolean requireTrace,
      int cached) {

    Host withoutRules() {
      return new Host(List.of(), standard, tools, detectors, mode, requireTrace, cached);
    }
  }

  /**
   * Puts the host's and the policy's rules together.
   *
   * @throws IllegalArgumentException if an id is given twice, or a rule is malformed
   */
  static RuleSet of(Host host, @Nullable Policy policy, Health health) {
    if (policy == null) {
      RuleIndex index = new RuleIndex(host.rules(), host.mode());
      return new RuleSet(
          null,
          index,
          new RuleEvaluator(index, cache(host), health),
          StandardModes.withoutPolicy(host.standard()),
          Contractions.of(host.rules()),
          new AgentLists(List.of()),
          HiddenTools.NONE,
          null,
          new ToolClassifier(host.tools()),
          host.detectors(),
          host.detectors().names(),
          host.mode(),
          host.requireTrace());
    }
    return of(host, policy, host.detectors(), health);
  }

  private static RuleSet of(Host host, Policy policy, Detectors detectors, Health health) {
    List<Rule> rules = new ArrayList<>(host.rules());
    rules.addAll(PolicyRules.compile(policy, detectors));
    RuleIndex index = new RuleIndex(rules, policy.mode());
    StandardModes standard =
        StandardModes.of(policy.standard(), policy.mode()).overruledBy(host.standard());
    AgentLists agents = new AgentLists(policy.agents());
    return new RuleSet(
        new PolicyRef(policy.id(), policy.revision(), policy.hash()),
        index,
        new RuleEvaluator(index, cache(host), health),
        standard,
        Contractions.of(rules),
        agents,
        HiddenTools.of(policy, agents, standard),
        meter(policy.risk(), standard),
        new ToolClassifier(tools(host, policy)),
        detectors,
        PolicyRules.detectors(policy, detectors),
        policy.mode(),
        host.requireTrace() || policy.requireTrace());
  }

  /** Whether something that is acted on could apply to the tool at the stage. */
  boolean enforces(Rule.Stage stage, String tool) {
    boolean any = mode == Mode.ENFORCE || index.find(stage, tool).enforces();
    for (StandardModes.Setting setting : standard.settings().values()) {
      any |= setting.mode() == Mode.ENFORCE;
    }
    return any;
  }

  /** What each rule that could touch the tool would say, ascending by id. */
  List<RuleHit> touching(String agent, String tool) {
    SortedMap<RuleId, RuleHit> hits = ofAnyTool();
    index.forAll(tool, hit -> hits.put(hit.id(), hit));
    RuleId refusal = agents.refusal(agent, tool);
    if (refusal != null) {
      add(standard.governorHit(refusal), hits);
    }
    if (tool.startsWith(MCP)) {
      add(standard.governorHit(GovernorRules.CHANGED_TOOL), hits);
    }
    return List.copyOf(hits.values());
  }

  /** What each rule that could touch any tool would say, ascending by id. */
  List<RuleHit> touching() {
    SortedMap<RuleId, RuleHit> hits = ofAnyTool();
    index.forAll(hit -> hits.put(hit.id(), hit));
    if (!agents.isEmpty()) {
      add(standard.governorHit(GovernorRules.NOT_ALLOWED), hits);
      add(standard.governorHit(GovernorRules.DENIED), hits);
    }
    return List.copyOf(hits.values());
  }

  private SortedMap<RuleId, RuleHit> ofAnyTool() {
    SortedMap<RuleId, RuleHit> hits = new TreeMap<>();
    StandardRules.ALL.forEach(id -> add(standard.hit(id), hits));
    if (risk != null) {
      add(standard.governorHit(GovernorRules.RISK), hits);
    }
    return hits;
  }

  private static void add(@Nullable RuleHit hit, Map<RuleId, RuleHit> hits) {
    if (hit != null) {
      hits.put(hit.id(), hit);
    }
  }

  private static EvaluationCache cache(Host host) {
    return host.cached() == 0 ? EvaluationCache.NONE : new EvaluationCache(host.cached());
  }

  private static @Nullable RiskMeter meter(@Nullable Risk risk, StandardModes standard) {
    StandardModes.Setting setting = standard.settings().get(GovernorRules.RISK);
    return risk == null || setting == null ? null : new RiskMeter(risk, setting.mode());
  }

  private static List<Map.Entry<Glob, ToolTraits>> tools(Host host, Policy policy) {
    List<Map.Entry<Glob, ToolTraits>> tools = new ArrayList<>(host.tools());
    for (ToolEntry entry : policy.tools()) {
      for (String tool : entry.tools()) {
        tools.add(Map.entry(Glob.of(tool), entry.traits()));
      }
    }
    return tools;
  }
}
