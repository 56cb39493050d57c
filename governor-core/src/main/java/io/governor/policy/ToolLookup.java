package io.governor.policy;

import io.governor.pattern.Glob;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Finds the rules that look at a tool whatever the number of rules: by its name, and by what their
 * globs begin with. Used by one thread.
 */
final class ToolLookup {

  private final Map<String, List<RuleReach>> byName = new HashMap<>();
  private final Map<String, TreeSet<String>> globsByBeginning = new HashMap<>();
  private final Map<String, List<RuleReach>> known = new HashMap<>();
  private final Effort effort;

  ToolLookup(List<RuleReach> rules, Effort effort) {
    this.effort = effort;
    for (RuleReach rule : rules) {
      for (String tool : new TreeSet<>(rule.rule().tools())) {
        byName.computeIfAbsent(tool, name -> new ArrayList<>()).add(rule);
        if (!Glob.of(tool).isExact()) {
          globsByBeginning.computeIfAbsent(beginning(tool), each -> new TreeSet<>()).add(tool);
        }
      }
    }
  }

  private static String beginning(String glob) {
    int end = 0;
    while (end < glob.length() && "*?[{".indexOf(glob.charAt(end)) < 0) {
      end++;
    }
    return glob.substring(0, end);
  }

  /** The rules that look at every tool of this name or glob, in their order. */
  List<RuleReach> rulesAbout(String tool) {
    return known.computeIfAbsent(tool, this::search);
  }

  private List<RuleReach> search(String tool) {
    TreeSet<RuleReach> found = new TreeSet<>((a, b) -> Integer.compare(a.place(), b.place()));
    found.addAll(byName.getOrDefault(tool, List.of()));
    String start = beginning(tool);
    for (int end = 0; end <= start.length(); end++) {
      for (String glob : globsByBeginning.getOrDefault(start.substring(0, end), new TreeSet<>())) {
        if (!effort.spend(1)) {
          return List.copyOf(found);
        }
        if (RuleReach.includes(glob, tool, effort)) {
          found.addAll(byName.getOrDefault(glob, List.of()));
        }
      }
    }
    return List.copyOf(found);
  }
}
