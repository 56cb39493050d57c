package io.governor.mcp;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A tool that an {@link AgentServer} offers. Implementations are called by one thread at a time.
 */
public interface AgentTool {

  /** Its name, unique among the server's tools. */
  String name();

  /** What it is for, in words a model reads. */
  String description();

  /** The JSON Schema of its arguments, as a tree of maps, lists and scalars. */
  Map<String, ?> inputSchema();

  /** Whether calling it changes nothing. */
  boolean readOnly();

  /**
   * Does what it is for.
   *
   * @param arguments what the model gave; nothing is checked yet
   * @return what the model reads
   * @throws Refusal if there is no answer to these arguments
   */
  String call(Map<String, @Nullable Object> arguments) throws Refusal;

  /** There is no answer; the message is for the model and says what would be accepted. */
  final class Refusal extends Exception {
    private static final long serialVersionUID = 1L;

    public Refusal(String message) {
      super(message, null, false, false);
    }
  }
}
