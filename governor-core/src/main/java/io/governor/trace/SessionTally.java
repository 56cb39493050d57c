package io.governor.trace;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Adds up a {@link SessionSummary}, file by file. Confined to one thread. */
final class SessionTally {

  private static final Comparator<Map.Entry<Path, Optional<Instant>>> BY_FIRST_EVENT =
      Comparator.comparing(
          file -> file.getValue().orElse(null), Comparator.nullsLast(Comparator.naturalOrder()));

  private final String surface;
  private final String sessionId;

  /** The session's files and the time of its first event in each. */
  private final Map<Path, Optional<Instant>> files = new LinkedHashMap<>();

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

  void add(SessionPart part, Path file) {
    files.putIfAbsent(file, Optional.ofNullable(part.first()));
    if (agentId.isEmpty()) {
      agentId = part.agentId();
    }
    Instant time = part.last();
    if (time != null && (last == null || time.isAfter(last))) {
      last = time;
    }
    part.violations().forEach((rule, count) -> violations.merge(rule, count, Long::sum));
    events += part.events();
    toolCalls += part.toolCalls();
    bypassed += part.bypassed();
    lost += part.lost();
    isTransient &= part.isTransient();
  }

  SessionSummary summary() {
    List<Map.Entry<Path, Optional<Instant>>> ordered =
        files.entrySet().stream().sorted(BY_FIRST_EVENT).toList();
    return new SessionSummary(
        sessionId,
        agentId,
        surface,
        ordered.stream().map(Map.Entry::getKey).toList(),
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
