package io.governor.mcp;

import io.governor.Counted;
import io.governor.Decision;
import io.governor.ToolCall;
import io.governor.mcp.Unfinished.Started;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A request on its way, until it is answered. Written by the thread that judges it, read by the one
 * that judges the answer, which comes later.
 */
final class Exchange {

  /** What is kept of requests that cannot go on in another one. */
  private static final Set<String> ALWAYS = Set.of("cursor", "taskId");

  private final String method;
  private final Map<String, @Nullable Object> params;
  private final @Nullable GovernedMethod governed;
  private final byte[] rawId;
  private final boolean stateless;
  private volatile @Nullable Started started;
  private volatile List<String> notes = List.of();
  private boolean cancelled;
  private @Nullable Runnable onCancel;

  Exchange(Message.Request request, @Nullable GovernedMethod governed, byte[] rawId) {
    this.method = request.method();
    this.governed = governed;
    this.rawId = rawId;
    this.stateless = Era.stateless(request.params());
    this.params = new LinkedHashMap<>(request.params());
    if (!stateless && !params.containsKey("task")) {
      params.keySet().retainAll(ALWAYS);
    }
  }

  String method() {
    return method;
  }

  /** Its parameters, as far as they are needed when the answer comes; not to be changed. */
  Map<String, @Nullable Object> params() {
    return params;
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

  /**
   * The call was let through.
   *
   * @param elsewhere whether another seam records its result
   */
  void judged(Decision decision, boolean elsewhere) {
    notes = decision.warnings();
    started = new Started(decision.call(), Counted.after(decision), elsewhere);
  }

  /** The call that was let through, or null while it was not. */
  @Nullable Started started() {
    return started;
  }

  /** The call that was let through, or null while it was not. */
  @Nullable ToolCall call() {
    Started current = started;
    return current == null ? null : current.call();
  }

  /** What the model is to be told beside the result. */
  List<String> notes() {
    return notes;
  }

  /** Where the page of a list begins that it asks for; null for the first one. */
  @Nullable Object cursor() {
    return params.get("cursor");
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
