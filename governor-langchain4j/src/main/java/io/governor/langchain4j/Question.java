package io.governor.langchain4j;

import dev.langchain4j.model.chat.request.ChatRequest;
import org.jspecify.annotations.Nullable;

/**
 * What this thread is about to ask a model on behalf of a run. It bridges the few steps between the
 * service, which knows the run and not the model's provider, and the model, which knows no run.
 */
record Question(Run run, ChatRequest request) {

  private static final ThreadLocal<@Nullable Question> PENDING = new ThreadLocal<>();

  static void ask(Run run, ChatRequest request) {
    PENDING.set(new Question(run, request));
  }

  static void forget() {
    PENDING.remove();
  }

  /**
   * The run that asks this, or null when it is somebody else, such as a tool with a model of its
   * own. The model gets a copy of the request with its defaults filled in, and the same messages.
   */
  static @Nullable Run asking(ChatRequest request) {
    Question pending = PENDING.get();
    boolean theSame = pending != null && pending.request.messages().equals(request.messages());
    return theSame ? pending.run : null;
  }

  /** As {@link #asking}, and the question is put. */
  static @Nullable Run askedBy(ChatRequest request) {
    Run run = asking(request);
    if (run != null) {
      forget();
    }
    return run;
  }

  /** Says nothing of what is asked. */
  @Override
  public String toString() {
    return "Question";
  }
}
