package io.governor.trace;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Adds up a {@link SessionSummary}, file by file. Confined to one thread. */
final class SessionTally {

  private static final Comparator<Map.Entry<Path, Optional<Instant>>> BY_FIRST_EVENT =
      Comparator.comparing(
          file -> file.getValue().orElse(null), Comparator.nullsLast(Comparator.naturalOrder()));

  private final String surface;
  private final String sessionId;

  /** The session's files and the time of its first event in each. */
  private final Map<Path, Optional<Instant>> files = new LinkedHashMap<>();

  private final PartTally sum = new PartTally();

  SessionTally(String surface, String sessionId) {
    this.surface = surface;
    this.sessionId = sessionId;
  }

  void add(SessionPart part, Path file) {
    files.putIfAbsent(file, Optional.ofNullable(part.first()));
    sum.add(part);
  }

  SessionSummary summary() {
    List<Map.Entry<Path, Optional<Instant>>> ordered =
        files.entrySet().stream().sorted(BY_FIRST_EVENT).toList();
    SessionPart all = sum.part(sessionId);
    return new SessionSummary(
        sessionId,
        all.agentId(),
        surface,
        ordered.stream().map(Map.Entry::getKey).toList(),
        ordered.isEmpty() ? null : ordered.get(0).getValue().orElse(null),
        all.last(),
        all.events(),
        all.violations(),
        all.toolCalls(),
        all.bypassed(),
        all.lost(),
        all.isTransient());
  }
}
