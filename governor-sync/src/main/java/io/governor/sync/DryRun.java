package io.governor.sync;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What would be sent, and what it was counted from. Immutable; safe to share between threads.
 *
 * @param payload what would be sent, or null when a run would make no new window
 * @param report for the person who asked; it stays on the machine
 * @param first a window that was made before and may or may not have been accepted; a run sends its
 *     bytes again before anything else. Null when none waits
 * @param losses parts of files that a run would not count, because nobody can tell whether they
 *     were counted before; they stay on the machine
 * @param overlapping what was sent already of the window that was asked for; unless that is
 *     nothing, a run would refuse, and events count here that were sent before
 * @param postponed why there is no payload, or null when there is one
 * @param noiseToCome whether noise was asked for and the counts are still exact, because the secret
 *     it is drawn from is made by the registration
 */
public record DryRun(
    @Nullable SyncPayload payload,
    CountReport report,
    @Nullable SentBody first,
    List<DeclaredLoss> losses,
    List<TimeWindow> overlapping,
    @Nullable Postponed postponed,
    boolean noiseToCome) {

  public DryRun {
    losses = List.copyOf(losses);
    overlapping = List.copyOf(overlapping);
  }

  /**
   * The very bytes that would be the body of the send, or null when there is none; a new array each
   * time.
   */
  public byte @Nullable [] body() {
    return payload == null ? null : payload.toJson();
  }
}
