package io.governor.analysis;

import io.governor.event.TraceEvent;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How many tokens went into turns in which a standard rule was violated (execution record, section
 * 12.2). Immutable.
 *
 * @param sessionId the session of the first event, empty without events
 * @param status how far the figures can be trusted
 * @param totalTokens tokens of all turns
 * @param violationAssociatedTokens tokens of the turns with a violation, each once
 * @param violationFiringTurns how many turns have a violation
 * @param byRule per rule violated in a turn, ascending by id
 * @param unpairedByRule violations that belong to no turn, by rule
 * @param subagentActivityPresent whether subagents ran, whose tokens are not captured
 * @param counters what could not be attributed or read
 */
public record BurnRate(
    String sessionId,
    AnalysisStatus status,
    long totalTokens,
    long violationAssociatedTokens,
    long violationFiringTurns,
    List<RuleBurn> byRule,
    SortedMap<String, Long> unpairedByRule,
    boolean subagentActivityPresent,
    Counters counters) {

  public BurnRate {
    byRule = List.copyOf(byRule);
    unpairedByRule = Collections.unmodifiableSortedMap(new TreeMap<>(unpairedByRule));
  }

  /**
   * The turns in which one rule was violated.
   *
   * @param rule the rule
   * @param turnCount how many turns
   * @param tokenCost their tokens, in full for every rule violated in a turn
   * @param sampleTurnIds up to three of them
   */
  public record RuleBurn(
      RuleAdvice rule, long turnCount, long tokenCost, List<String> sampleTurnIds) {

    public RuleBurn {
      sampleTurnIds = List.copyOf(sampleTurnIds);
    }

    private Map<String, Object> toMap() {
      Map<String, Object> map = new LinkedHashMap<>();
      map.put("description", rule.description());
      map.put("turn_count", turnCount);
      map.put("token_cost", tokenCost);
      map.put("sample_turn_ids", sampleTurnIds);
      return map;
    }
  }

  /**
   * Analyses the events of one session.
   *
   * @param malformedEvents how many lines of its trace were no events
   */
  public static BurnRate of(List<TraceEvent> events, long malformedEvents) {
    return new BurnRateAnalysis(events).result(malformedEvents);
  }

  /** The part of the tokens that went into turns with a violation, in percent, one decimal. */
  public double violationAssociatedPercent() {
    return Turns.percent(violationAssociatedTokens, totalTokens);
  }

  /** What a reader of the figures must know. */
  public List<String> notes() {
    List<String> notes = new ArrayList<>();
    if (byRule.stream().filter(rule -> rule.tokenCost() > 0).count() > 1) {
      notes.add(
          "The rows by rule do not add up to the total: a turn with several rules counts in each of"
              + " their rows.");
    }
    if (subagentActivityPresent) {
      notes.add("Subagents ran in this session; their tokens are not captured.");
    }
    return notes;
  }

  /** The result for JSON output, in stable order. */
  public Map<String, Object> toMap() {
    Map<String, Object> rules = new LinkedHashMap<>();
    byRule.forEach(row -> rules.put(row.rule().id(), row.toMap()));
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("session_id", sessionId);
    map.put("status", status.wireName());
    map.put("total_tokens", totalTokens);
    map.put("violation_associated_tokens", violationAssociatedTokens);
    map.put("violation_associated_percent", violationAssociatedPercent());
    map.put("violation_firing_turns", violationFiringTurns);
    map.put("by_rule", rules);
    map.put("notes", notes());
    map.put("subagent_activity_present", subagentActivityPresent);
    map.put("unpaired_by_rule", unpairedByRule);
    counters.putInto(map, "unpaired_violation_count");
    return map;
  }
}
