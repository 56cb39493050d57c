package io.governor.trace;

import io.governor.event.AdvisoryFlag;
import io.governor.event.EventType;
import io.governor.event.GovernorMember;
import io.governor.event.TraceEvent;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Adds up a {@link SessionSummary}, event by event. Confined to one thread. */
final class SessionTally {

  private static final Comparator<Map.Entry<String, Optional<Instant>>> BY_FIRST_EVENT =
      Comparator.comparing(
          file -> file.getValue().orElse(null), Comparator.nullsLast(Comparator.naturalOrder()));

  private final String surface;
  private final String sessionId;

  /** The session's files and the time of its first event in each. */
  private final Map<String, Optional<Instant>> files = new LinkedHashMap<>();

  private final TreeMap<String, Long> violations = new TreeMap<>();
  private String agentId = "";
  private @Nullable Instant last;
  private long events;
  private long toolCalls;
  private long bypassed;
  private long lost;
  private boolean isTransient = true;

  SessionTally(String surface, String sessionId) {
    this.surface = surface;
    this.sessionId = sessionId;
  }

  void add(TraceEvent event, String file) {
    Instant time = event.timestamp();
    events++;
    files.putIfAbsent(file, Optional.ofNullable(time));
    if (agentId.isEmpty()) {
      agentId = event.agentId();
    }
    if (time != null && (last == null || time.isAfter(last))) {
      last = time;
    }
    for (String rule : event.violations()) {
      violations.merge(rule, 1L, Long::sum);
    }
    EventType type = event.type();
    if (type.equals(EventType.SCOPE_ASSERTED)) {
      toolCalls++;
    }
    if (event.flags().contains(AdvisoryFlag.ENFORCEMENT_BYPASSED)) {
      bypassed++;
    }
    isTransient &=
        type.equals(EventType.AGENT_REGISTERED) || type.equals(EventType.INTENT_DECLARED);
    GovernorMember governor = event.governor();
    if (governor != null) {
      governor.lost().values().forEach(count -> lost += count);
    }
  }

  SessionSummary summary() {
    List<Map.Entry<String, Optional<Instant>>> ordered =
        files.entrySet().stream().sorted(BY_FIRST_EVENT).toList();
    return new SessionSummary(
        sessionId,
        agentId,
        surface,
        ordered.stream().map(file -> Path.of(file.getKey())).toList(),
        ordered.isEmpty() ? null : ordered.get(0).getValue().orElse(null),
        last,
        events,
        violations,
        toolCalls,
        bypassed,
        lost,
        isTransient);
  }
}
