package io.governor.mcp.pin;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One tool of a server: what was pinned, and what the server said last. Immutable.
 *
 * @param name the tool's name as the server gives it; may hold anything
 * @param since when what is pinned was pinned; for a new tool, when it was first seen
 * @param pinned what somebody trusts; null for a tool that appeared after its server was pinned, or
 *     held orders to the model when it was first seen
 * @param seen what the server said last; null when the tool is not there any more
 */
public record ToolPin(
    String name, Instant since, @Nullable ToolDefinition pinned, @Nullable ToolDefinition seen) {

  /** How a tool stands to its pin. */
  public enum State {
    /** It is what it was. */
    SAME,
    /** It says something else. */
    CHANGED,
    /** It appeared after its server was pinned, or held orders to the model from the first. */
    NEW,
    /** The server does not list it any more. */
    VANISHED
  }

  public State state() {
    if (pinned == null) {
      return State.NEW;
    }
    if (seen == null) {
      return State.VANISHED;
    }
    return pinned.same(seen) ? State.SAME : State.CHANGED;
  }

  ToolPin seen(@Nullable ToolDefinition now) {
    return new ToolPin(name, since, pinned, now);
  }

  @Override
  public String toString() {
    return "ToolPin[" + state() + "]";
  }
}
