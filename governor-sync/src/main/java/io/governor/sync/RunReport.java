package io.governor.sync;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a run did. Immutable; safe to share between threads.
 *
 * @param sent what the server accepted, in order: first a window that waited from before, if there
 *     was one, then the new one
 * @param report what the new window was counted from; nothing when there is no new one
 * @param losses parts of files that were not counted, and never will be, because nobody can tell
 *     whether they were counted before
 * @param postponed why there is no new window, or null when there is one
 */
public record RunReport(
    List<SentBody> sent,
    CountReport report,
    List<DeclaredLoss> losses,
    @Nullable Postponed postponed) {

  public RunReport {
    sent = List.copyOf(sent);
    losses = List.copyOf(losses);
  }
}
