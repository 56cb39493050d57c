package io.governor.analysis;

import io.governor.event.TraceEvent;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How many tokens went into turns with tool calls outside what the session had declared (execution
 * record, section 12.3). Immutable.
 *
 * @param sessionId the session of the first event, empty without events
 * @param status how far the figures can be trusted
 * @param sessionHasDeclaredIntent whether an objective that is not blank was ever stated
 * @param totalTokens tokens of all turns
 * @param undeclaredTokens tokens of the undeclared turns
 * @param totalTurns how many turns there are
 * @param undeclaredTurns the undeclared turns, in order of first appearance
 * @param toolCalls all tool calls, with or without tokens
 * @param highConsequenceEvents the events with the flag HIGH_CONSEQUENCE_DETECTED
 * @param taskBoundaryEvents the events with the flag TASK_BOUNDARY_CROSSED
 * @param counters what could not be attributed or read
 */
public record UndeclaredIntent(
    String sessionId,
    AnalysisStatus status,
    boolean sessionHasDeclaredIntent,
    long totalTokens,
    long undeclaredTokens,
    long totalTurns,
    List<UndeclaredTurn> undeclaredTurns,
    ToolCalls toolCalls,
    List<FlaggedEvent> highConsequenceEvents,
    List<FlaggedEvent> taskBoundaryEvents,
    Counters counters) {

  public UndeclaredIntent {
    undeclaredTurns = List.copyOf(undeclaredTurns);
    highConsequenceEvents = List.copyOf(highConsequenceEvents);
    taskBoundaryEvents = List.copyOf(taskBoundaryEvents);
  }

  /**
   * A turn with an undeclared tool call.
   *
   * @param turnId the turn
   * @param tokens its tokens
   * @param reasons the flag and the rule that say so, each once
   * @param toolIds the tools that were called undeclared, each once
   */
  public record UndeclaredTurn(
      String turnId, long tokens, List<String> reasons, List<String> toolIds) {

    public UndeclaredTurn {
      reasons = List.copyOf(reasons);
      toolIds = List.copyOf(toolIds);
    }

    private Map<String, Object> toMap() {
      Map<String, Object> map = new LinkedHashMap<>();
      map.put("turn_id", turnId);
      map.put("tokens", tokens);
      map.put("reasons", reasons);
      map.put("tool_ids", toolIds);
      return map;
    }
  }

  /**
   * How many tool calls there were.
   *
   * @param total all of them
   * @param byOperation by {@code execute}, {@code read}, {@code write} and {@code delete}, zeros
   *     included; operations this version does not know are in the total only
   * @param byTool by tool, the most called first
   */
  public record ToolCalls(long total, Map<String, Long> byOperation, Map<String, Long> byTool) {

    public ToolCalls {
      byOperation = Collections.unmodifiableMap(new LinkedHashMap<>(byOperation));
      byTool = Collections.unmodifiableMap(new LinkedHashMap<>(byTool));
    }

    private Map<String, Object> toMap() {
      Map<String, Object> map = new LinkedHashMap<>();
      map.put("total", total);
      map.put("by_operation", byOperation);
      map.put("by_tool", byTool);
      return map;
    }
  }

  /**
   * A tool call that carries one of the profile's flags.
   *
   * @param eventId the event
   * @param sequence its number in the session
   * @param toolId the tool, empty when the event is no tool call
   * @param turnId the turn it belongs to, or null
   */
  public record FlaggedEvent(
      String eventId, long sequence, String toolId, @Nullable String turnId) {

    private Map<String, @Nullable Object> toMap() {
      Map<String, @Nullable Object> map = new LinkedHashMap<>();
      map.put("event_id", eventId);
      map.put("event_sequence_number", sequence);
      map.put("tool_id", toolId);
      map.put("turn_id", turnId);
      return map;
    }
  }

  /**
   * Analyses the events of one session.
   *
   * @param malformedEvents how many lines of its trace were no events
   */
  public static UndeclaredIntent of(List<TraceEvent> events, long malformedEvents) {
    return new UndeclaredIntentAnalysis(events).result(malformedEvents);
  }

  /** The tokens of the other turns. */
  public long declaredTokens() {
    return totalTokens - undeclaredTokens;
  }

  /** The part of the tokens that went into undeclared turns, in percent, one decimal. */
  public double undeclaredPercent() {
    return Turns.percent(undeclaredTokens, totalTokens);
  }

  /** The result for JSON output, in stable order. */
  public Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("session_id", sessionId);
    map.put("status", status.wireName());
    map.put("session_has_declared_intent", sessionHasDeclaredIntent);
    map.put("total_tokens", totalTokens);
    map.put("undeclared_tokens", undeclaredTokens);
    map.put("declared_tokens", declaredTokens());
    map.put("undeclared_percent", undeclaredPercent());
    map.put("total_turn_count", totalTurns);
    map.put("undeclared_turn_count", (long) undeclaredTurns.size());
    map.put("undeclared_turns", undeclaredTurns.stream().map(UndeclaredTurn::toMap).toList());
    map.put("tool_calls", toolCalls.toMap());
    map.put(
        "high_consequence_events",
        highConsequenceEvents.stream().map(FlaggedEvent::toMap).toList());
    map.put("task_boundary_events", taskBoundaryEvents.stream().map(FlaggedEvent::toMap).toList());
    counters.putInto(map, "unpaired_event_count");
    return map;
  }
}
