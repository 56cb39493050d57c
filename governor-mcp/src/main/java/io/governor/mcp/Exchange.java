package io.governor.mcp;

import io.governor.ToolCall;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request on its way, until it is answered. Written by the thread that judges it, read by the one
 * that judges the answer, which comes later.
 */
final class Exchange {

  private final String method;
  private final @Nullable GovernedMethod governed;
  private final byte[] rawId;
  private final boolean stateless;
  private volatile @Nullable ToolCall call;
  private volatile List<String> notes = List.of();
  private boolean cancelled;
  private @Nullable Runnable onCancel;
  private volatile @Nullable Object cursor;

  Exchange(String method, @Nullable GovernedMethod governed, byte[] rawId, boolean stateless) {
    this.method = method;
    this.governed = governed;
    this.rawId = rawId;
    this.stateless = stateless;
  }

  String method() {
    return method;
  }

  @Nullable GovernedMethod governed() {
    return governed;
  }

  /** The request's id as it was written. */
  byte[] rawId() {
    return rawId;
  }

  /** Whether it is of the era without sessions, in which results say of which type they are. */
  boolean stateless() {
    return stateless;
  }

  /** The call was let through. */
  void judged(ToolCall newCall, List<String> newNotes) {
    notes = newNotes;
    call = newCall;
  }

  /** The call that was let through, or null while it was not. */
  @Nullable ToolCall call() {
    return call;
  }

  /** What the model is to be told beside the result. */
  List<String> notes() {
    return notes;
  }

  /** It asks for one page of a list. */
  void asksFrom(@Nullable Object newCursor) {
    cursor = newCursor;
  }

  /** Where the page begins that it asks for; null for the first one. */
  @Nullable Object cursor() {
    return cursor;
  }

  void cancel() {
    Runnable told;
    synchronized (this) {
      cancelled = true;
      told = onCancel;
    }
    if (told != null) {
      told.run();
    }
  }

  /** Whether the sender no longer wants the answer. */
  synchronized boolean cancelled() {
    return cancelled;
  }

  /** What is done when the sender no longer wants the answer; at once if that is so already. */
  void whenCancelled(Runnable step) {
    synchronized (this) {
      onCancel = step;
      if (!cancelled) {
        return;
      }
    }
    step.run();
  }
}
