package io.governor.langchain4j;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which calls the model has asked for that have not begun. Where tools run at once LangChain4j does
 * not wait for all of them: it ends an invocation as soon as one call throws, and of equal calls it
 * waits for one. Safe for use by several threads.
 */
final class Awaited {

  // Guarded by this.
  private final List<ToolExecutionRequest> due = new ArrayList<>();
  private final List<ToolExecutionRequest> early = new ArrayList<>();
  private final List<ToolExecutionRequest> begun = new ArrayList<>();
  private boolean asking;
  private boolean streamsCalls;
  private @Nullable ToolExecutionRequest alone;

  /** The model is being asked; calls may begin before it has answered. */
  synchronized void asking() {
    asking = true;
    early.clear();
  }

  synchronized boolean isAsking() {
    return asking;
  }

  /** The model answered with these calls; those of earlier answers may still come. */
  synchronized void asked(List<ToolExecutionRequest> calls) {
    asking = false;
    begun.clear();
    alone = calls.size() == 1 ? calls.get(0) : null;
    for (ToolExecutionRequest call : calls) {
      (remove(early, call) ? begun : due).add(call);
    }
    early.clear();
  }

  synchronized void begun(ToolExecutionRequest call) {
    if (remove(due, call)) {
      begun.add(call);
    } else if (asking) {
      streamsCalls = true;
      early.add(call);
    }
  }

  /** LangChain4j has run the call; if none like it has begun here, it is none of ours. */
  synchronized void executed(ToolExecutionRequest call) {
    if (!begun.contains(call)) {
      due.removeIf(call::equals);
    }
  }

  /** The invocation ended; a call that was alone in its round was waited for, whatever it threw. */
  synchronized void ended() {
    ToolExecutionRequest last = alone;
    alone = null;
    if (last != null) {
      remove(due, last);
    }
  }

  /** No call comes any more. */
  synchronized void nothing() {
    asking = false;
    due.clear();
  }

  /** Whether calls may still come, as far as anybody can tell. */
  synchronized boolean more() {
    return !due.isEmpty() || (asking && streamsCalls);
  }

  /** The very call, else one like it: a provider may make the request anew for its answer. */
  @SuppressWarnings("ReferenceEquality") // equal calls are not the same call
  private static boolean remove(List<ToolExecutionRequest> calls, ToolExecutionRequest call) {
    for (int i = 0; i < calls.size(); i++) {
      if (calls.get(i) == call) {
        calls.remove(i);
        return true;
      }
    }
    return calls.remove(call);
  }
}
