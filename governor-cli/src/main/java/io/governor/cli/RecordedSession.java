package io.governor.cli;

import io.governor.event.TraceEvent;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A session as it was read.
 *
 * @param sessionId its id, empty when the events name none
 * @param files where its events stand
 * @param events in order of their lines
 */
record RecordedSession(String sessionId, List<Path> files, List<TraceEvent> events) {

  RecordedSession {
    files = List.copyOf(files);
    events = List.copyOf(events);
  }

  String agentId() {
    return events.stream()
        .map(TraceEvent::agentId)
        .filter(id -> !id.isEmpty())
        .findFirst()
        .orElse("");
  }

  @Nullable Instant first() {
    return events.stream()
        .map(TraceEvent::timestamp)
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }
}
