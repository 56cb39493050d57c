package io.governor.cli;

import io.governor.Mode;
import io.governor.pattern.Glob;
import io.governor.policy.AgentEntry;
import io.governor.policy.Policy;
import io.governor.policy.PolicyRule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a policy has to do with one tool: the rules that look at it, and who may use it. */
final class ToolExplanation {

  private final Policy policy;
  private final String tool;
  private final List<ToolReach.Look> looks;

  ToolExplanation(Policy policy, String tool) {
    this.policy = policy;
    this.tool = tool;
    this.looks = new ToolReach(policy).at(tool);
  }

  List<String> lines(Terminal terminal) {
    List<String> lines = new ArrayList<>();
    lines.add(
        Text.line(tool) + ": " + (looks.isEmpty() ? "no rule looks at it" : looked(looks.size())));
    Table rules = Table.of("RULE", "EFFECT", "MODE", "BY", "~TITLE");
    for (ToolReach.Look look : looks) {
      PolicyRule rule = look.rule();
      rules.row(
          rule.id(),
          rule.effect().wireName(),
          ToolReach.mode(policy, rule).wireName(),
          look.why(),
          rule.title() == null ? "" : rule.title());
    }
    section(lines, rules, terminal);
    Table agents = Table.of("~AGENT", "~THIS TOOL");
    policy.agents().forEach(entry -> agents.row(entry.agent(), say(entry)));
    section(lines, agents, terminal);
    Table withdrawals = Table.of("RULE", "~WITHDRAWS IT FROM A SESSION AS");
    withdrawing()
        .forEach(rule -> withdrawals.row(rule.id(), String.valueOf(matching(rule.contract()))));
    section(lines, withdrawals, terminal);
    return lines;
  }

  /** The rules that withdraw the tool from a session when they fire. */
  private List<PolicyRule> withdrawing() {
    return policy.rules().stream()
        .filter(rule -> matching(rule.contract()) != null)
        .filter(rule -> ToolReach.mode(policy, rule) != Mode.OFF)
        .toList();
  }

  private static String looked(int rules) {
    return rules == 1 ? "1 rule looks at it" : rules + " rules look at it";
  }

  private static void section(List<String> lines, Table table, Terminal terminal) {
    if (!table.isEmpty()) {
      lines.add("");
      lines.addAll(terminal.table(table));
    }
  }

  /** What one entry says; where several name an agent, a denial is stronger. */
  private String say(AgentEntry entry) {
    String denied = matching(entry.deny());
    if (denied != null) {
      return "denied by " + denied + " (GOV-002)";
    }
    List<String> allow = entry.allow();
    if (allow == null) {
      return "not restricted here";
    }
    String allowed = matching(allow);
    return allowed == null ? "not on the list (GOV-001)" : "allowed by " + allowed;
  }

  private @Nullable String matching(List<String> names) {
    for (String name : names) {
      if (Glob.of(name).matches(tool)) {
        return name;
      }
    }
    return null;
  }

  Map<String, @Nullable Object> json() {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("tool", tool);
    json.put("rules", looks.stream().map(this::json).toList());
    json.put("agents", policy.agents().stream().map(this::json).toList());
    json.put("withdrawn_by", withdrawing().stream().map(rule -> rule.id().value()).toList());
    return json;
  }

  private Map<String, @Nullable Object> json(ToolReach.Look look) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("rule", look.rule().id().value());
    json.put("effect", look.rule().effect().wireName());
    json.put("mode", ToolReach.mode(policy, look.rule()).wireName());
    json.put("by", look.exact() ? "exact" : "glob");
    json.put("name", look.name());
    return json;
  }

  private Map<String, @Nullable Object> json(AgentEntry entry) {
    List<String> allow = entry.allow();
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("agent", entry.agent());
    json.put("denied_by", matching(entry.deny()));
    json.put("restricted", allow != null);
    json.put("allowed_by", allow == null ? null : matching(allow));
    return json;
  }
}
