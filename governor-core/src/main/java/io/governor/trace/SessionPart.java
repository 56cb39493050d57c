package io.governor.trace;

import java.time.Instant;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the events of one session in one file come to. Immutable.
 *
 * @param sessionId the session, empty for the events that belong to none
 * @param agentId the first agent that is named, empty when none is
 * @param first the time of the first event, or null when that has none
 * @param last the latest time, or null when no event has one
 * @param violations events by the id of a rule they violate
 * @param isTransient whether there is only registration and intent
 */
record SessionPart(
    String sessionId,
    String agentId,
    @Nullable Instant first,
    @Nullable Instant last,
    long events,
    SortedMap<String, Long> violations,
    long toolCalls,
    long bypassed,
    long lost,
    boolean isTransient) {

  SessionPart {
    violations = Collections.unmodifiableSortedMap(new TreeMap<>(violations));
  }
}
