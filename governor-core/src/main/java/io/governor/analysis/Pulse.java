package io.governor.analysis;

import io.governor.analysis.AnalysisStatus.Reach;
import io.governor.event.AdvisoryFlag;
import io.governor.event.TraceEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * A session at a glance (execution record, section 12.4). Immutable.
 *
 * @param status how far the whole can be trusted
 * @param burnRate tokens and violations
 * @param undeclaredIntent tokens and intent
 * @param flags how many events carry each of the ten flags of the shared format, zeros included
 * @param totalEvents how many events there are
 * @param totalTurns how many distinct turns there are
 * @param durationSeconds whole seconds from the earliest to the latest time, 0 with fewer than two
 */
public record Pulse(
    Status status,
    BurnRate burnRate,
    UndeclaredIntent undeclaredIntent,
    Map<AdvisoryFlag, Long> flags,
    long totalEvents,
    long totalTurns,
    long durationSeconds) {

  /** How far a pulse can be trusted. */
  public enum Status {
    /** Both analyses have figures. */
    OK,
    /** One of them has. */
    LIMITED,
    /** None has. */
    NO_SIGNAL,
    /** Something could not be attributed or read. */
    PARTIAL;

    private final String wireName = name().toLowerCase(Locale.ROOT);

    /** The word used in output. */
    public String wireName() {
      return wireName;
    }

    static Status of(List<AnalysisStatus> parts) {
      if (parts.stream().anyMatch(part -> part.reach() == Reach.PARTIAL)) {
        return PARTIAL;
      }
      long limited = parts.stream().filter(part -> part.reach() == Reach.LIMITED).count();
      if (limited == parts.size()) {
        return NO_SIGNAL;
      }
      return limited > 0 ? LIMITED : OK;
    }
  }

  public Pulse {
    flags = Collections.unmodifiableMap(new LinkedHashMap<>(flags));
  }

  /**
   * Analyses the events of one session.
   *
   * @param malformedEvents how many lines of its trace were no events
   */
  public static Pulse of(List<TraceEvent> events, long malformedEvents) {
    BurnRate burnRate = BurnRate.of(events, malformedEvents);
    UndeclaredIntent undeclared = UndeclaredIntent.of(events, malformedEvents);
    return new Pulse(
        Status.of(List.of(burnRate.status(), undeclared.status())),
        burnRate,
        undeclared,
        flags(events),
        events.size(),
        undeclared.totalTurns(),
        duration(events));
  }

  private static Map<AdvisoryFlag, Long> flags(List<TraceEvent> events) {
    Map<AdvisoryFlag, Long> counts = new LinkedHashMap<>();
    FlagAdvice.REFERENCE.forEach(advice -> counts.put(advice.flag(), 0L));
    for (TraceEvent event : events) {
      event.flags().forEach(flag -> counts.computeIfPresent(flag, (f, count) -> count + 1));
    }
    return counts;
  }

  private static long duration(List<TraceEvent> events) {
    List<Instant> times =
        events.stream().map(TraceEvent::timestamp).filter(Objects::nonNull).sorted().toList();
    return times.size() < 2
        ? 0
        : Duration.between(times.get(0), times.get(times.size() - 1)).toSeconds();
  }

  /** The result for JSON output, in stable order. */
  public Map<String, Object> toMap() {
    Map<String, Object> summary = new LinkedHashMap<>();
    summary.put("total_events", totalEvents);
    summary.put("total_turns", totalTurns);
    summary.put("session_duration_seconds", durationSeconds);
    Map<String, Object> flagCounts = new LinkedHashMap<>();
    flags.forEach((flag, count) -> flagCounts.put(flag.name(), count));
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("session_id", burnRate.sessionId());
    map.put("status", status.wireName());
    map.put("session_summary", summary);
    map.put("undeclared_intent", undeclaredIntent.toMap());
    map.put("policy_violations_burn_rate", burnRate.toMap());
    map.put("advisory_flag_summary", flagCounts);
    return map;
  }
}
