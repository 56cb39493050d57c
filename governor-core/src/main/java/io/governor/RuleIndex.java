package io.governor;

import io.governor.pattern.Glob;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Finds the rules that could match, by stage and tool name, so that the cost of a call depends on
 * those and not on how many rules exist. Rules that are off are not in it. Safe for use by several
 * threads.
 */
final class RuleIndex {

  /** Models invent tool names; what they invent must not fill the memory. */
  private static final int CACHE_LIMIT = 4096;

  private final StageIndex calls;
  private final StageIndex results;

  /** A rule with its mode settled. */
  record ModedRule(Rule rule, Mode mode) {}

  /**
   * @throws IllegalArgumentException if two rules have one id, an effect is ALLOW, or a glob is
   *     malformed
   */
  RuleIndex(List<Rule> rules, Mode defaultMode) {
    checkIds(rules);
    calls = new StageIndex(Rule.Stage.CALL, rules, defaultMode);
    results = new StageIndex(Rule.Stage.RESULT, rules, defaultMode);
  }

  private static void checkIds(List<Rule> rules) {
    Set<RuleId> ids = new HashSet<>();
    for (Rule rule : rules) {
      if (!ids.add(rule.id())) {
        throw new IllegalArgumentException(
            "rule " + rule.id() + ": expected one rule of this id, got two");
      }
      if (rule.effect() == Verdict.ALLOW) {
        throw new IllegalArgumentException(
            "rule " + rule.id() + ": effect: expected WARN, REDACT, ASK or DENY, got ALLOW");
      }
    }
  }

  /** The rules that look at the tool, ascending by id. */
  List<ModedRule> find(Rule.Stage stage, String tool) {
    return (stage == Rule.Stage.CALL ? calls : results).find(tool);
  }

  boolean looksAt(Rule.Stage stage, String tool) {
    return !find(stage, tool).isEmpty();
  }

  private static final class StageIndex {
    private final Map<String, List<ModedRule>> exact = new HashMap<>();
    private final List<Map.Entry<Glob, ModedRule>> globs = new ArrayList<>();
    private final Map<String, List<ModedRule>> cache = new ConcurrentHashMap<>();

    StageIndex(Rule.Stage stage, List<Rule> rules, Mode defaultMode) {
      for (Rule rule : rules) {
        Mode own = rule.mode();
        Mode mode = own == null ? defaultMode : own;
        if (rule.stage() == stage && mode != Mode.OFF) {
          add(new ModedRule(rule, mode));
        }
      }
    }

    private void add(ModedRule rule) {
      for (String tool : rule.rule().tools()) {
        Glob glob = glob(rule.rule(), tool);
        if (glob.isExact()) {
          exact.computeIfAbsent(tool, name -> new ArrayList<>()).add(rule);
        } else {
          globs.add(Map.entry(glob, rule));
        }
      }
    }

    private static Glob glob(Rule rule, String tool) {
      try {
        return Glob.of(tool);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException("rule " + rule.id() + ": tools: " + e.getMessage(), e);
      }
    }

    List<ModedRule> find(String tool) {
      if (exact.isEmpty() && globs.isEmpty()) {
        return List.of();
      }
      List<ModedRule> found = cache.get(tool);
      if (found == null) {
        found = search(tool);
        if (cache.size() < CACHE_LIMIT) {
          cache.put(tool, found);
        }
      }
      return found;
    }

    private List<ModedRule> search(String tool) {
      Set<ModedRule> found = new HashSet<>(exact.getOrDefault(tool, List.of()));
      for (Map.Entry<Glob, ModedRule> entry : globs) {
        if (entry.getKey().matches(tool)) {
          found.add(entry.getValue());
        }
      }
      return found.stream().sorted(Comparator.comparing(rule -> rule.rule().id())).toList();
    }
  }
}
