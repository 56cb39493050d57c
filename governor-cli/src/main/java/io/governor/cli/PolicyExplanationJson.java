package io.governor.cli;

import io.governor.CallLimit;
import io.governor.policy.AgentEntry;
import io.governor.policy.LoadedPolicy;
import io.governor.policy.Policy;
import io.governor.policy.PolicyRule;
import io.governor.policy.WorstCase;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A policy for programs: what {@link PolicyExplanation} says. Stateless. */
final class PolicyExplanationJson {

  private PolicyExplanationJson() {}

  static Map<String, @Nullable Object> of(LoadedPolicy loaded) {
    Policy policy = loaded.policy();
    ToolReach reach = new ToolReach(policy);
    List<Map<String, @Nullable Object>> tools = new ArrayList<>();
    for (String tool : reach.tools()) {
      tools.add(new ToolExplanation(policy, tool).json());
    }
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("id", policy.id());
    json.put("revision", policy.revision());
    json.put("mode", policy.mode().wireName());
    json.put("hash", policy.hash());
    json.put("rules", policy.rules().stream().map(rule -> rule(policy, rule)).toList());
    json.put("every_tool", reach.everywhere());
    json.put("tools", tools);
    json.put("agents", policy.agents().stream().map(PolicyExplanationJson::agent).toList());
    json.put("remembered_calls", CallLimit.MOST_REMEMBERED);
    json.put("windows", CallLimit.MOST_WINDOWS);
    json.put(
        "remarks", PolicyRemarks.of(loaded).stream().map(PolicyExplanationJson::remark).toList());
    return json;
  }

  private static Map<String, @Nullable Object> rule(Policy policy, PolicyRule rule) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("id", rule.id().value());
    json.put("title", rule.title());
    json.put("serves", rule.serves());
    json.put("tools", rule.tools());
    json.put("effect", rule.effect().wireName());
    json.put("mode", ToolReach.mode(policy, rule).wireName());
    json.put("worst_case", cost(WorstCase.of(rule)));
    json.put("limit", rule.limit() == null ? null : limit(rule.limit()));
    json.put("contract", rule.contract());
    json.put("pause", rule.pause());
    return json;
  }

  private static Map<String, @Nullable Object> cost(WorstCase cost) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("patterns", cost.patterns());
    json.put("characters", cost.characters());
    json.put("paths", cost.paths());
    json.put("reads_command", cost.readsCommand());
    json.put("command_paths", cost.commandPaths());
    json.put("detects", cost.detects());
    return json;
  }

  private static Map<String, @Nullable Object> limit(CallLimit limit) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("calls", limit.calls());
    json.put("within", limit.within().toString());
    json.put("per", limit.per().name().toLowerCase(Locale.ROOT));
    json.put("bytes_per_window", limit.bytesPerWindow());
    return json;
  }

  private static Map<String, @Nullable Object> agent(AgentEntry entry) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("agent", entry.agent());
    json.put("allow", entry.allow());
    json.put("deny", entry.deny());
    return json;
  }

  private static Map<String, @Nullable Object> remark(PolicyRemarks.Remark remark) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("about", remark.about());
    json.put("message", remark.message());
    return json;
  }
}
