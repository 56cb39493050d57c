package io.governor;

import org.jspecify.annotations.Nullable;

/**
 * One call of a tool, as an adapter hands it over. Immutable.
 *
 * @param name the tool's name as rules see it; not empty
 * @param arguments its arguments
 * @param id the host's id of the call, or null when it has none
 * @param annotations what the tool's server says about it
 * @param hint what the host knows about the call
 */
public record ToolCall(
    String name,
    ToolArguments arguments,
    @Nullable String id,
    ToolAnnotations annotations,
    CallHint hint) {

  /**
   * @throws IllegalArgumentException if the name is empty
   */
  public ToolCall {
    if (name.isEmpty()) {
      throw new IllegalArgumentException(
          "tool name: expected the name of a tool, got an empty text");
    }
  }

  /** A call without an id of the host's. */
  public static ToolCall of(String name, ToolArguments arguments) {
    return new ToolCall(name, arguments, null, ToolAnnotations.NONE, CallHint.NONE);
  }

  public ToolCall withId(@Nullable String newId) {
    return new ToolCall(name, arguments, newId, annotations, hint);
  }

  public ToolCall withHint(CallHint newHint) {
    return new ToolCall(name, arguments, id, annotations, newHint);
  }

  public ToolCall withAnnotations(ToolAnnotations newAnnotations) {
    return new ToolCall(name, arguments, id, newAnnotations, hint);
  }

  /** Names the call without its arguments. */
  @Override
  public String toString() {
    return "ToolCall[" + name + ", " + arguments + "]";
  }
}
