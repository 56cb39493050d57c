package io.governor.trace;

import io.governor.event.AdvisoryFlag;
import io.governor.event.EventType;
import io.governor.event.GovernorMember;
import io.governor.event.TraceEvent;
import java.time.Instant;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Adds up a {@link SessionPart}, event by event or of other parts, in order. Confined to one
 * thread.
 */
final class PartTally {

  private final TreeMap<String, Long> violations = new TreeMap<>();
  private String agentId = "";
  private @Nullable Instant first;
  private @Nullable Instant last;
  private long events;
  private long toolCalls;
  private long bypassed;
  private long lost;
  private boolean isTransient = true;

  void add(TraceEvent event) {
    begin(event.agentId(), event.timestamp());
    later(event.timestamp());
    events++;
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

  void add(SessionPart part) {
    begin(part.agentId(), part.first());
    later(part.last());
    events += part.events();
    part.violations().forEach((rule, count) -> violations.merge(rule, count, Long::sum));
    toolCalls += part.toolCalls();
    bypassed += part.bypassed();
    lost += part.lost();
    isTransient &= part.isTransient();
  }

  private void begin(String agent, @Nullable Instant time) {
    if (events == 0) {
      first = time;
    }
    if (agentId.isEmpty()) {
      agentId = agent;
    }
  }

  private void later(@Nullable Instant time) {
    if (time != null && (last == null || time.isAfter(last))) {
      last = time;
    }
  }

  SessionPart part(String sessionId) {
    return new SessionPart(
        sessionId,
        agentId,
        first,
        last,
        events,
        violations,
        toolCalls,
        bypassed,
        lost,
        isTransient);
  }
}
