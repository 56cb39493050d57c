package io.governor;

import io.governor.pattern.Glob;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Finds the rules that could match, by stage and tool name and then by what they require of the
 * arguments, so that the cost of a call depends on those and not on how many rules exist. Rules
 * that are off are not in it. Safe for use by several threads.
 */
final class RuleIndex {

  /** Models invent tool names; what they invent must not fill the memory. */
  private static final int CACHE_LIMIT = 4096;

  private static final Found NONE = new Found(new RuleGroup[0], true);

  private final StageIndex calls;
  private final StageIndex results;

  /**
   * The rules that look at a tool.
   *
   * @param cacheable whether what all of them say may be remembered
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared, and read on every call
  record Found(RuleGroup[] groups, boolean cacheable) {

    /** Whether one of them is acted on when it matches. */
    boolean enforces() {
      for (RuleGroup group : groups) {
        if (group.enforces()) {
          return true;
        }
      }
      return false;
    }
  }

  /**
   * A rule with its mode settled.
   *
   * @param rank its place among the rules of its stage, ascending by id: comparing ids on every
   *     call costs more than most conditions
   * @param hit what it says when it matches
   */
  record ModedRule(Rule rule, Mode mode, int rank, RuleHit hit) {

    static ModedRule of(Rule rule, Mode mode, int rank) {
      RuleHit hit = new RuleHit(rule.id(), rule.effect(), mode, rule.reason(), rule.suggestion());
      return new ModedRule(rule, mode, rank, hit);
    }
  }

  /**
   * @throws IllegalArgumentException if two rules of one stage have one id, an id is one of the
   *     standard rules' or the governor's, an effect is ALLOW, or a glob is malformed
   */
  RuleIndex(List<Rule> rules, Mode defaultMode) {
    check(rules);
    calls = new StageIndex(Rule.Stage.CALL, rules, defaultMode);
    results = new StageIndex(Rule.Stage.RESULT, rules, defaultMode);
  }

  private static void check(List<Rule> rules) {
    Set<RuleId> ofCalls = new HashSet<>();
    Set<RuleId> ofResults = new HashSet<>();
    for (Rule rule : rules) {
      if (!(rule.stage() == Rule.Stage.CALL ? ofCalls : ofResults).add(rule.id())) {
        throw new IllegalArgumentException(
            "rule " + rule.id() + ": expected one rule of this id, got two");
      }
      if (rule.id().isReserved()) {
        throw new IllegalArgumentException(
            "rule " + rule.id() + ": expected an id of your own; POL- and GOV- are taken");
      }
      if (rule.effect() == Verdict.ALLOW) {
        throw new IllegalArgumentException(
            "rule " + rule.id() + ": effect: expected WARN, REDACT, ASK or DENY, got ALLOW");
      }
      if (rule.limit() != null && rule.stage() == Rule.Stage.RESULT) {
        throw new IllegalArgumentException(
            "rule " + rule.id() + ": limit: expected a rule about calls, got one about results");
      }
    }
  }

  /** The groups of rules that look at the tool. */
  Found find(Rule.Stage stage, String tool) {
    return (stage == Rule.Stage.CALL ? calls : results).find(tool);
  }

  /** What each rule that looks at calls or results of the tool would say. */
  void forAll(String tool, Consumer<RuleHit> asked) {
    for (Rule.Stage stage : Rule.Stage.values()) {
      for (RuleGroup group : find(stage, tool).groups()) {
        group.forAll(rule -> asked.accept(rule.hit()));
      }
    }
  }

  /** What each rule would say, whatever tool it looks at. */
  void forAll(Consumer<RuleHit> asked) {
    calls.forAll(rule -> asked.accept(rule.hit()));
    results.forAll(rule -> asked.accept(rule.hit()));
  }

  /** Tools that rules about calls name without a glob, a thousand at most. */
  List<String> namedTools() {
    return calls.exact.keySet().stream().limit(1000).toList();
  }

  boolean looksAt(Rule.Stage stage, String tool) {
    return find(stage, tool).groups().length > 0;
  }

  /** The rules that name a tool in the same words share a group. */
  private static final class StageIndex {
    private final Map<String, RuleGroup> exact = new LinkedHashMap<>();
    private final List<Map.Entry<Glob, RuleGroup>> globs = new ArrayList<>();
    private final Map<String, Found> cache = new ConcurrentHashMap<>();

    StageIndex(Rule.Stage stage, List<Rule> rules, Mode defaultMode) {
      Map<String, List<ModedRule>> byTool = new LinkedHashMap<>();
      int rank = 0;
      for (Rule rule : ascending(rules)) {
        Mode own = rule.mode();
        Mode mode = own == null ? defaultMode : own;
        if (rule.stage() == stage && mode != Mode.OFF) {
          ModedRule moded = ModedRule.of(rule, mode, rank++);
          for (String tool : new HashSet<>(rule.tools())) {
            byTool.computeIfAbsent(tool, name -> new ArrayList<>()).add(moded);
          }
        }
      }
      for (Map.Entry<String, List<ModedRule>> entry : byTool.entrySet()) {
        add(entry.getKey(), entry.getValue());
      }
    }

    private static List<Rule> ascending(List<Rule> rules) {
      List<Rule> sorted = new ArrayList<>(rules);
      // Not Comparator.comparing: Java makes that one's class anew in each process.
      sorted.sort((a, b) -> a.id().compareTo(b.id()));
      return sorted;
    }

    private void add(String tool, List<ModedRule> rules) {
      Glob glob = glob(rules.get(0).rule(), tool);
      RuleGroup group = RuleGroup.of(rules);
      if (glob.isExact()) {
        exact.put(tool, group);
      } else {
        globs.add(Map.entry(glob, group));
      }
    }

    private static Glob glob(Rule rule, String tool) {
      try {
        return Glob.of(tool);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException("rule " + rule.id() + ": tools: " + e.getMessage(), e);
      }
    }

    void forAll(Consumer<ModedRule> asked) {
      exact.values().forEach(group -> group.forAll(asked));
      globs.forEach(entry -> entry.getValue().forAll(asked));
    }

    Found find(String tool) {
      if (exact.isEmpty() && globs.isEmpty()) {
        return NONE;
      }
      Found found = cache.get(tool);
      if (found == null) {
        found = search(tool);
        if (cache.size() < CACHE_LIMIT) {
          cache.put(tool, found);
        }
      }
      return found;
    }

    private Found search(String tool) {
      List<RuleGroup> found = new ArrayList<>();
      RuleGroup named = exact.get(tool);
      if (named != null) {
        found.add(named);
      }
      for (Map.Entry<Glob, RuleGroup> entry : globs) {
        if (entry.getKey().matches(tool)) {
          found.add(entry.getValue());
        }
      }
      boolean cacheable = true;
      for (RuleGroup group : found) {
        cacheable &= group.cacheable();
      }
      return found.isEmpty() ? NONE : new Found(found.toArray(new RuleGroup[0]), cacheable);
    }
  }
}
