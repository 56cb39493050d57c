package io.governor.event;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One control point of a session: an envelope and a payload (execution record, section 2).
 * Immutable; safe to share between threads.
 *
 * <p>Events that were read may lack what older versions did not write: an absent number is 0, an
 * absent text is empty, an absent or unreadable time is null.
 *
 * @param eventId unique within the session
 * @param sessionId the session
 * @param sequence 1, 2, 3 … within the session; 0 when absent
 * @param previousEventId the event written before it in the session, or null for the first
 * @param agentId the agent
 * @param deploymentMode who runs the agent
 * @param timestamp when it was recorded, written with millisecond precision; null only on events
 *     that were read
 * @param payload what it says
 * @param flags remarks, each at most once
 * @param violations ids of the rules that were violated, each at most once: the standard ones, then
 *     the operator's
 * @param consequence what enforcement of the first standard violation would have meant, or null
 * @param passThrough false exactly on the events of a call that was kept from running
 * @param profileFingerprint the profile file that governs the session, or null
 * @param governor what Governor adds, or null on foreign events
 */
public record TraceEvent(
    String eventId,
    String sessionId,
    long sequence,
    @Nullable String previousEventId,
    String agentId,
    String deploymentMode,
    @Nullable Instant timestamp,
    EventPayload payload,
    List<AdvisoryFlag> flags,
    List<String> violations,
    @Nullable String consequence,
    boolean passThrough,
    @Nullable String profileFingerprint,
    @Nullable GovernorMember governor) {

  public TraceEvent {
    flags = List.copyOf(flags);
    violations = List.copyOf(violations);
  }

  /** The kind of event. */
  public EventType type() {
    return payload.type();
  }

  /** Names the event without its contents. */
  @Override
  public String toString() {
    return "TraceEvent[" + type() + " " + sequence + " of session " + sessionId + "]";
  }
}
