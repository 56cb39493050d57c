package io.governor.hooks;

import io.governor.TokenUsage;
import io.governor.ToolCall;
import io.governor.ToolResult;

/** What a hook was told of, whatever the agent calls it. */
sealed interface HookEvent {

  /** A tool call that has not run yet. */
  record BeforeTool(ToolCall call) implements HookEvent {}

  /** A tool call that has run, and what it returned; a failure where the tool failed. */
  record AfterTool(ToolCall call, ToolResult result) implements HookEvent {}

  /** The agent's user is about to be asked about a call that has an event of its own. */
  record AskedPermission(ToolCall call) implements HookEvent {}

  /** What a request to the model used. */
  record ModelTurn(TokenUsage usage) implements HookEvent {}

  /** Calls that the agent turned away itself, before any hook heard of them. */
  record TurnedAway(int calls) implements HookEvent {}

  /** The session is over. */
  record SessionEnd(TurnSource turns) implements HookEvent {}

  /** Anything else that is known: it begins a session's record but has no event of its own. */
  record Other() implements HookEvent {}

  /** An event that this version has no word for. */
  record Unknown() implements HookEvent {}

  /**
   * An event of a known kind that cannot be read as one.
   *
   * @param problem what is missing and what would be accepted; never a value
   * @param decides whether it asks for a decision
   */
  record Unreadable(String problem, boolean decides) implements HookEvent {}

  /** Whether the agent waits to hear whether something may happen. */
  default boolean asksForDecision() {
    return this instanceof BeforeTool
        || this instanceof AskedPermission
        || (this instanceof Unreadable unreadable && unreadable.decides());
  }
}
