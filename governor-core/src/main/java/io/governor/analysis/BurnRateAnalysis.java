package io.governor.analysis;

import io.governor.analysis.BurnRate.RuleBurn;
import io.governor.event.EventPayload.ScopeAsserted;
import io.governor.event.TraceEvent;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Works out a {@link BurnRate}. */
final class BurnRateAnalysis {

  private static final int SAMPLES = 3;

  private final List<TraceEvent> events;
  private final Turns turns;

  /** The standard rules violated in each turn, in order of the turns. */
  private final Map<Turns.Turn, Set<String>> rulesByTurn = new LinkedHashMap<>();

  private final SortedMap<String, Long> unpaired = new TreeMap<>();
  private boolean violated;

  BurnRateAnalysis(List<TraceEvent> events) {
    this.events = events;
    this.turns = new Turns(events);
    turns.all().forEach(turn -> rulesByTurn.put(turn, new HashSet<>()));
    for (int i = 0; i < events.size(); i++) {
      if (RuleAdvice.carriesViolations(events.get(i))) {
        attribute(events.get(i).violations(), i);
      }
    }
  }

  private void attribute(List<String> violations, int eventIndex) {
    violated |= !violations.isEmpty();
    Turns.Turn turn = turns.of(eventIndex);
    Set<String> rules = turn == null ? null : rulesByTurn.get(turn);
    for (String rule : violations) {
      if (RuleAdvice.isStandard(rule)) {
        if (rules == null) {
          unpaired.merge(rule, 1L, Long::sum);
        } else {
          rules.add(rule);
        }
      }
    }
  }

  BurnRate result(long malformedEvents) {
    long unpairedViolations = unpaired.values().stream().mapToLong(Long::longValue).sum();
    Counters counters = Counters.of(events, turns, unpairedViolations, malformedEvents);
    AnalysisStatus own = violated ? AnalysisStatus.OK : AnalysisStatus.NO_VIOLATIONS;
    List<Turns.Turn> firing =
        turns.all().stream().filter(turn -> !rulesOf(turn).isEmpty()).toList();
    return new BurnRate(
        events.isEmpty() ? "" : events.get(0).sessionId(),
        AnalysisStatus.of(turns, counters, own),
        turns.totalTokens(),
        Turns.tokens(firing),
        firing.size(),
        RuleAdvice.STANDARD.stream()
            .map(rule -> row(rule, firing))
            .filter(row -> row.turnCount() > 0)
            .toList(),
        unpaired,
        events.stream().anyMatch(BurnRateAnalysis::callsSubagent),
        counters);
  }

  private RuleBurn row(RuleAdvice rule, Collection<Turns.Turn> firing) {
    List<Turns.Turn> mine =
        firing.stream().filter(turn -> rulesOf(turn).contains(rule.id())).toList();
    return new RuleBurn(
        rule,
        mine.size(),
        Turns.tokens(mine),
        mine.stream().limit(SAMPLES).map(Turns.Turn::id).toList());
  }

  private Set<String> rulesOf(Turns.Turn turn) {
    return rulesByTurn.getOrDefault(turn, Set.of());
  }

  private static boolean callsSubagent(TraceEvent event) {
    return event.payload() instanceof ScopeAsserted scope
        && (scope.targetSystem().equals("agent_runtime")
            || scope.toolId().equals("Task")
            || scope.toolId().equals("Agent"));
  }
}
