package io.governor.trace;

import java.io.IOException;

/** Opens the traces of sessions. Safe for use by several threads. */
public interface TraceStore {

  /** Who else may write the trace of the same session. */
  enum Sharing {
    /** Nobody: the id was made here and is known nowhere else. */
    UNIQUE,
    /** Another process might hold the same id; the second one writes beside the first. */
    EXCLUSIVE,
    /** Several processes take turns in one file, as hooks do. */
    SHARED
  }

  /**
   * Opens the trace of a session. Files are touched at its first use.
   *
   * @param surface the folder the trace belongs to, such as {@code langchain4j} or {@code
   *     claude-code}
   */
  SessionTrace open(String surface, String sessionId, Sharing sharing) throws IOException;

  /**
   * Does a piece of what is due in the store whoever uses it, such as removing old traces. Called
   * now and then, on a thread nobody waits for; never throws.
   */
  default void tidy() {}

  /** Frees what the store holds. */
  void close() throws IOException;
}
