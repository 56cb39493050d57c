package io.governor.hooks;

import io.governor.ToolArguments;
import org.jspecify.annotations.Nullable;

/** What is to be answered, in words that are the same for all agents. Immutable. */
sealed interface HookAnswer {

  /** No opinion. */
  record Silence() implements HookAnswer {}

  /** The call must not run. */
  record Refuse(String reason) implements HookAnswer {}

  /**
   * A person must agree to the call first.
   *
   * @param arguments what to run it with then, or null for what it came with
   */
  record Ask(String reason, @Nullable ToolArguments arguments) implements HookAnswer {}

  /**
   * The call runs with other arguments, if it runs: nothing is said of whether it may.
   *
   * @param note what to tell beside it, or empty
   */
  record Rewrite(ToolArguments arguments, String note) implements HookAnswer {}

  /** Something to tell the model and the user. */
  record Tell(String note) implements HookAnswer {}

  /**
   * The model is given another result, of the form of the one there was.
   *
   * @param note what to tell beside it, or empty
   */
  record ReplaceResult(@Nullable Object value, String note) implements HookAnswer {

    /** Never the value. */
    @Override
    public String toString() {
      return "ReplaceResult[" + note.length() + " characters of note]";
    }
  }

  HookAnswer SILENCE = new Silence();

  /** Silence, where there is nothing to tell. */
  static HookAnswer telling(String note) {
    return note.isEmpty() ? SILENCE : new Tell(note);
  }
}
