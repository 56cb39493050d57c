package io.governor.trace;

import io.governor.event.AdvisoryFlag;
import io.governor.event.EventType;
import io.governor.event.GovernorMember;
import io.governor.event.TraceEvent;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Adds up a {@link FileSummary}, event by event. Confined to one thread. */
final class FileTally {

  private final Map<String, Part> sessions = new LinkedHashMap<>();
  private long events;
  private long withoutTime;
  private @Nullable Instant earliest;
  private @Nullable Instant latest;

  void add(TraceEvent event) {
    Instant time = event.timestamp();
    events++;
    if (time == null) {
      withoutTime++;
    } else {
      earliest = earliest == null || time.isBefore(earliest) ? time : earliest;
      latest = latest == null || time.isAfter(latest) ? time : latest;
    }
    sessions.computeIfAbsent(event.sessionId(), id -> new Part(time)).add(event);
  }

  FileSummary summary() {
    return new FileSummary(
        new FileTimes(events, withoutTime, earliest, latest),
        sessions.entrySet().stream().map(each -> each.getValue().part(each.getKey())).toList());
  }

  private static final class Part {

    private final @Nullable Instant first;
    private final TreeMap<String, Long> violations = new TreeMap<>();
    private String agentId = "";
    private @Nullable Instant last;
    private long events;
    private long toolCalls;
    private long bypassed;
    private long lost;
    private boolean isTransient = true;

    Part(@Nullable Instant first) {
      this.first = first;
    }

    void add(TraceEvent event) {
      Instant time = event.timestamp();
      events++;
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
}
