package io.governor.event;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The part of an event that counting needs, read without building the payload. Immutable; safe to
 * share between threads.
 *
 * @param eventType the type as written
 * @param sessionId the session, or null when absent
 * @param eventId the event, or null when absent
 * @param timestamp when it was recorded, or null when absent or unreadable
 * @param violations ids of the rules that were violated, each once, as written
 */
public record EventHead(
    String eventType,
    @Nullable String sessionId,
    @Nullable String eventId,
    @Nullable Instant timestamp,
    List<String> violations) {

  public EventHead {
    violations = List.copyOf(violations);
  }
}
