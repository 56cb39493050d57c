package io.governor.cli;

import io.governor.Mode;
import io.governor.pattern.Glob;
import io.governor.policy.AgentEntry;
import io.governor.policy.Policy;
import io.governor.policy.PolicyCase;
import io.governor.policy.PolicyRule;
import io.governor.policy.ToolEntry;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** Which rules of a policy look at which tool, and why. Immutable. */
final class ToolReach {

  private final Policy policy;

  ToolReach(Policy policy) {
    this.policy = policy;
  }

  /**
   * A rule that looks at a tool.
   *
   * @param name what in the rule names the tool
   * @param exact whether that is the tool's very name, rather than a glob
   */
  record Look(PolicyRule rule, String name, boolean exact) {

    String why() {
      return exact ? "its name" : name.equals("*") ? "every tool" : "glob " + name;
    }
  }

  /** The mode of a rule. */
  static Mode mode(Policy policy, PolicyRule rule) {
    Mode own = rule.mode();
    return own == null ? policy.mode() : own;
  }

  /** The rules that look at the tool, in the order of their ids; one that is off does not. */
  List<Look> at(String tool) {
    List<Look> looks = new ArrayList<>();
    for (PolicyRule rule : byId()) {
      if (mode(policy, rule) != Mode.OFF) {
        look(rule, tool).ifPresent(looks::add);
      }
    }
    return looks;
  }

  private List<PolicyRule> byId() {
    return policy.rules().stream().sorted((a, b) -> a.id().compareTo(b.id())).toList();
  }

  private static Optional<Look> look(PolicyRule rule, String tool) {
    if (rule.tools().contains(tool) && Glob.of(tool).isExact()) {
      return Optional.of(new Look(rule, tool, true));
    }
    return rule.tools().stream()
        .filter(name -> Glob.of(name).matches(tool))
        .findFirst()
        .map(glob -> new Look(rule, glob, false));
  }

  /** The ids of the rules that look at every tool. */
  List<String> everywhere() {
    return byId().stream()
        .filter(rule -> mode(policy, rule) != Mode.OFF && looksEverywhere(rule))
        .map(rule -> rule.id().value())
        .toList();
  }

  static boolean looksEverywhere(PolicyRule rule) {
    return rule.tools().stream().anyMatch(tool -> Glob.of(tool).isEverything());
  }

  /** The ids of the rules that name this glob. */
  List<String> naming(String glob) {
    return byId().stream()
        .filter(rule -> mode(policy, rule) != Mode.OFF && rule.tools().contains(glob))
        .map(rule -> rule.id().value())
        .toList();
  }

  /** The tools that the policy names anywhere: in rules, lists, entries and cases. */
  Collection<String> tools() {
    return names(true);
  }

  /** The globs that rules name, but those for every tool. */
  Collection<String> globs() {
    TreeSet<String> globs = new TreeSet<>();
    for (PolicyRule rule : policy.rules()) {
      rule.tools().stream()
          .filter(tool -> !Glob.of(tool).isExact() && !Glob.of(tool).isEverything())
          .forEach(globs::add);
    }
    return globs;
  }

  private Collection<String> names(boolean exact) {
    TreeSet<String> names = new TreeSet<>();
    policy.rules().forEach(rule -> names.addAll(rule.tools()));
    policy.tools().stream().map(ToolEntry::tools).forEach(names::addAll);
    policy.cases().stream().map(PolicyCase::tool).forEach(names::add);
    for (AgentEntry entry : policy.agents()) {
      names.addAll(entry.deny());
      names.addAll(entry.allow() == null ? List.of() : entry.allow());
    }
    names.removeIf(name -> Glob.of(name).isExact() != exact);
    return names;
  }
}
