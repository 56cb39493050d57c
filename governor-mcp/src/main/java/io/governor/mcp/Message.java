package io.governor.mcp;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What one JSON-RPC message is, as far as a proxy needs to know. */
sealed interface Message {

  /** Asks for an answer. */
  record Request(RequestId id, String method, Map<String, @Nullable Object> params)
      implements Message {
    @Override
    public String toString() {
      return "Request[" + method + "]";
    }
  }

  /** Asks for none. */
  record Notification(String method, Map<String, @Nullable Object> params) implements Message {
    @Override
    public String toString() {
      return "Notification[" + method + "]";
    }
  }

  /**
   * The answer to a request.
   *
   * @param id the request's; null when the other side could not read it
   * @param result what was asked for; null in an error
   * @param error what went wrong; null in a result
   * @param failed whether it is an error
   */
  record Answer(
      @Nullable RequestId id, @Nullable Object result, @Nullable Object error, boolean failed)
      implements Message {

    /** The result or the error, whichever it has. */
    @Nullable Object value() {
      return failed ? error : result;
    }

    @Override
    public String toString() {
      return "Answer[" + (failed ? "error" : "result") + "]";
    }
  }
}
