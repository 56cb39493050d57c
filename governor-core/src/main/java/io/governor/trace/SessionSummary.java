package io.governor.trace;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link TraceCatalog} tells of a session. Immutable.
 *
 * @param sessionId the session
 * @param agentId its agent, empty when no event names one
 * @param surface the folder its files are in
 * @param files the files that hold its events, in order of their first event
 * @param first the time of its first event, or null when that has none
 * @param last the latest time of its events, or null when none has one
 * @param events how many events it has
 * @param violations events by the id of a rule they violate
 * @param toolCalls how many tool calls it has: events SCOPE_ASSERTED
 * @param bypassed how many results arrived for calls that were blocked
 * @param lost how many of its events could not be written, as far as later ones say
 * @param isTransient whether it has only registration and intent
 */
public record SessionSummary(
    String sessionId,
    String agentId,
    String surface,
    List<Path> files,
    @Nullable Instant first,
    @Nullable Instant last,
    long events,
    SortedMap<String, Long> violations,
    long toolCalls,
    long bypassed,
    long lost,
    boolean isTransient) {

  public SessionSummary {
    files = List.copyOf(files);
    violations = Collections.unmodifiableSortedMap(new TreeMap<>(violations));
  }
}
