package io.governor;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One call of a tool, as an adapter hands it over. Immutable.
 *
 * @param name the tool's name as rules see it; not empty
 * @param arguments its arguments
 * @param id the host's id of the call, or null when it has none
 * @param annotations what the tool's server says about it
 * @param hint what the host knows about the call
 * @param idIsOurs whether the id was made here because the host had none; traces never show such an
 *     id as the host's
 */
public record ToolCall(
    String name,
    ToolArguments arguments,
    @Nullable String id,
    ToolAnnotations annotations,
    CallHint hint,
    boolean idIsOurs) {

  /**
   * @throws IllegalArgumentException if the name is empty
   */
  public ToolCall {
    if (name.isEmpty()) {
      throw new IllegalArgumentException(
          "tool name: expected the name of a tool, got an empty text");
    }
  }

  /** A call with the host's own id, or without one. */
  public ToolCall(
      String name,
      ToolArguments arguments,
      @Nullable String id,
      ToolAnnotations annotations,
      CallHint hint) {
    this(name, arguments, id, annotations, hint, false);
  }

  /** A call without an id of the host's. */
  public static ToolCall of(String name, ToolArguments arguments) {
    return new ToolCall(name, arguments, null, ToolAnnotations.NONE, CallHint.NONE);
  }

  /** The same call with the host's id. */
  public ToolCall withId(@Nullable String newId) {
    return new ToolCall(name, arguments, newId, annotations, hint, false);
  }

  /** This call if it has an id, else the same with one of ours. */
  ToolCall identified(Supplier<String> ids) {
    return id != null ? this : new ToolCall(name, arguments, ids.get(), annotations, hint, true);
  }

  /** The host's id of the call, or null when it has none. */
  @Nullable String hostId() {
    return idIsOurs ? null : id;
  }

  public ToolCall withHint(CallHint newHint) {
    return new ToolCall(name, arguments, id, annotations, newHint, idIsOurs);
  }

  public ToolCall withAnnotations(ToolAnnotations newAnnotations) {
    return new ToolCall(name, arguments, id, newAnnotations, hint, idIsOurs);
  }

  /** Names the call without its arguments. */
  @Override
  public String toString() {
    return "ToolCall[" + name + ", " + arguments + "]";
  }
}
