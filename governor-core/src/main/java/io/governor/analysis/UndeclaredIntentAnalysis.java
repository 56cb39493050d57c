package io.governor.analysis;

import io.governor.analysis.UndeclaredIntent.FlaggedEvent;
import io.governor.analysis.UndeclaredIntent.ToolCalls;
import io.governor.analysis.UndeclaredIntent.UndeclaredTurn;
import io.governor.event.AdvisoryFlag;
import io.governor.event.EventPayload.IntentDeclared;
import io.governor.event.EventPayload.ScopeAsserted;
import io.governor.event.TraceEvent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Works out an {@link UndeclaredIntent}. */
final class UndeclaredIntentAnalysis {

  private static final String RULE = "POL-001";

  private static final Comparator<Map.Entry<String, Long>> MOST_CALLED =
      Map.Entry.<String, Long>comparingByValue()
          .reversed()
          .thenComparing(Map.Entry.comparingByKey());

  /** Why a turn is undeclared. */
  private record Findings(Set<String> reasons, Set<String> toolIds) {}

  private final List<TraceEvent> events;
  private final Turns turns;
  private final Map<Turns.Turn, Findings> undeclared = new HashMap<>();
  private final Map<String, Long> byOperation = new LinkedHashMap<>();
  private final Map<String, Long> byTool = new HashMap<>();
  private long toolCalls;
  private long unpaired;
  private boolean hasIntent;

  UndeclaredIntentAnalysis(List<TraceEvent> events) {
    this.events = events;
    this.turns = new Turns(events);
    List.of("execute", "read", "write", "delete").forEach(word -> byOperation.put(word, 0L));
    for (int i = 0; i < events.size(); i++) {
      TraceEvent event = events.get(i);
      if (event.payload() instanceof ScopeAsserted scope) {
        count(scope);
        judge(event, scope, i);
      } else if (event.payload() instanceof IntentDeclared intent) {
        String objective = intent.statedObjective();
        hasIntent |= objective != null && !objective.isBlank();
      }
    }
  }

  private void count(ScopeAsserted scope) {
    toolCalls++;
    byOperation.computeIfPresent(
        scope.operationType().toLowerCase(Locale.ROOT), (word, count) -> count + 1);
    byTool.merge(scope.toolId(), 1L, Long::sum);
  }

  private void judge(TraceEvent event, ScopeAsserted scope, int eventIndex) {
    List<String> reasons = new ArrayList<>();
    if (event.flags().contains(AdvisoryFlag.INTENT_MISSING)) {
      reasons.add(AdvisoryFlag.INTENT_MISSING.name());
    }
    if (event.violations().contains(RULE)) {
      reasons.add(RULE);
    }
    if (reasons.isEmpty()) {
      return;
    }
    Turns.Turn turn = turns.of(eventIndex);
    if (turn == null) {
      unpaired++;
      return;
    }
    Findings findings =
        undeclared.computeIfAbsent(
            turn, t -> new Findings(new LinkedHashSet<>(), new LinkedHashSet<>()));
    findings.reasons().addAll(reasons);
    findings.toolIds().add(scope.toolId());
  }

  UndeclaredIntent result(long malformedEvents) {
    Counters counters = Counters.of(events, turns, unpaired, malformedEvents);
    return new UndeclaredIntent(
        events.isEmpty() ? "" : events.get(0).sessionId(),
        AnalysisStatus.of(turns, counters, AnalysisStatus.OK),
        hasIntent,
        turns.totalTokens(),
        Turns.tokens(undeclared.keySet()),
        turns.all().size(),
        undeclaredTurns(),
        new ToolCalls(toolCalls, byOperation, mostCalledFirst()),
        flagged(AdvisoryFlag.HIGH_CONSEQUENCE_DETECTED),
        flagged(AdvisoryFlag.TASK_BOUNDARY_CROSSED),
        counters);
  }

  private List<UndeclaredTurn> undeclaredTurns() {
    List<UndeclaredTurn> result = new ArrayList<>();
    for (Turns.Turn turn : turns.all()) {
      Findings findings = undeclared.get(turn);
      if (findings != null) {
        result.add(
            new UndeclaredTurn(
                turn.id(),
                turn.tokens(),
                List.copyOf(findings.reasons()),
                List.copyOf(findings.toolIds())));
      }
    }
    return result;
  }

  private Map<String, Long> mostCalledFirst() {
    Map<String, Long> ordered = new LinkedHashMap<>();
    byTool.entrySet().stream()
        .sorted(MOST_CALLED)
        .forEach(tool -> ordered.put(tool.getKey(), tool.getValue()));
    return ordered;
  }

  private List<FlaggedEvent> flagged(AdvisoryFlag flag) {
    List<FlaggedEvent> result = new ArrayList<>();
    for (int i = 0; i < events.size(); i++) {
      TraceEvent event = events.get(i);
      if (event.flags().contains(flag)) {
        Turns.Turn turn = turns.of(i);
        result.add(
            new FlaggedEvent(
                event.eventId(),
                event.sequence(),
                event.payload() instanceof ScopeAsserted scope ? scope.toolId() : "",
                turn == null ? null : turn.id()));
      }
    }
    return result;
  }
}
