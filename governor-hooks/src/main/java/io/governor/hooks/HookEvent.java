package io.governor.hooks;

import io.governor.ToolCall;
import io.governor.ToolResult;

/** What a hook was told of, whatever the agent calls it. */
sealed interface HookEvent {

  /** A tool call that has not run yet. */
  record BeforeTool(ToolCall call) implements HookEvent {}

  /** A tool call that has run. */
  record AfterTool(ToolCall call, ToolResult result) implements HookEvent {}

  /** The session is over. */
  record SessionEnd(TurnSource turns) implements HookEvent {}

  /** Anything else: it begins a session's record but has no event of its own. */
  record Other() implements HookEvent {}

  /**
   * An event of a known kind that cannot be read as one.
   *
   * @param problem what is missing and what would be accepted; never a value
   */
  record Unreadable(String problem) implements HookEvent {}
}
