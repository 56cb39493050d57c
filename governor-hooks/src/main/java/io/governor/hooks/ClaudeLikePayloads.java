package io.governor.hooks;

import io.governor.ToolCall;
import io.governor.ToolResult;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads payloads in the form that Claude Code gave them and others took over (execution record,
 * section 9.5; https://code.claude.com/docs/en/hooks). Of the events around calls only those before
 * and after a call have events of their own: permission prompts and batches tell of a call that its
 * own payload has told already.
 */
final class ClaudeLikePayloads implements HookNormaliser {

  /** Claude Code's, checked against 2.1.329. */
  private static final Set<String> CLAUDE_CODE =
      Set.of(
          "PreToolUse",
          "PostToolUse",
          "PostToolUseFailure",
          "PostToolBatch",
          "PermissionRequest",
          "PermissionDenied",
          "Notification",
          "UserPromptSubmit",
          "UserPromptExpansion",
          "SessionStart",
          "SessionEnd",
          "Setup",
          "Stop",
          "StopFailure",
          "SubagentStart",
          "SubagentStop",
          "TeammateIdle",
          "TaskCreated",
          "TaskCompleted",
          "PreCompact",
          "PostCompact",
          "PreModelSwitch",
          "PostModelSwitch",
          "Elicitation",
          "ElicitationResult",
          "ConfigChange",
          "InstructionsLoaded",
          "WorktreeCreate",
          "WorktreeRemove",
          "CwdChanged",
          "FileChanged",
          "DirectoryAdded",
          "MessageDisplay");

  /** Codex CLI's, checked against 0.169.0. */
  private static final Set<String> CODEX =
      Set.of(
          "PreToolUse",
          "PostToolUse",
          "PermissionRequest",
          "UserPromptSubmit",
          "SessionStart",
          "SessionEnd",
          "Stop",
          "SubagentStart",
          "SubagentStop",
          "PreCompact",
          "PostCompact");

  /** Factory Droid's (https://docs.factory.ai/reference/hooks-reference). */
  private static final Set<String> DROID =
      Set.of(
          "PreToolUse",
          "PostToolUse",
          "Notification",
          "UserPromptSubmit",
          "SessionStart",
          "SessionEnd",
          "Stop",
          "SubagentStop",
          "PreCompact");

  private final Set<String> events;
  private final Function<Members, TurnSource> turns;

  private ClaudeLikePayloads(Set<String> events, Function<Members, TurnSource> turns) {
    this.events = events;
    this.turns = turns;
  }

  static HookNormaliser claudeCode() {
    return new ClaudeLikePayloads(
        CLAUDE_CODE, payload -> new ClaudeCodeTranscript(payload.text("transcript_path")));
  }

  static HookNormaliser codex() {
    return new ClaudeLikePayloads(CODEX, payload -> TurnSource.UNTOLD);
  }

  static HookNormaliser droid() {
    return new ClaudeLikePayloads(DROID, payload -> TurnSource.UNTOLD);
  }

  @Override
  public @Nullable HookPayload normalise(Members payload) {
    String eventName = payload.text("hook_event_name");
    String sessionId = payload.text("session_id");
    if (eventName == null || sessionId == null) {
      return null;
    }
    HookEvent event = events.contains(eventName) ? event(eventName, payload) : unknown();
    return HookPayload.of(sessionId, eventName, event, payload.folder("cwd"))
        .withSubagent(payload.text("agent_id"));
  }

  private static HookEvent unknown() {
    return new HookEvent.Unknown();
  }

  private HookEvent event(String eventName, Members payload) {
    return switch (eventName) {
      case "PreToolUse", "PostToolUse", "PostToolUseFailure", "PermissionRequest" ->
          toolEvent(eventName, payload);
      case "PostToolBatch" -> batch(payload);
      case "SessionEnd" -> new HookEvent.SessionEnd(turns.apply(payload));
      default -> new HookEvent.Other();
    };
  }

  private static HookEvent toolEvent(String eventName, Members payload) {
    String tool = payload.text("tool_name");
    if (tool == null || tool.isEmpty()) {
      boolean decides = eventName.equals("PreToolUse") || eventName.equals("PermissionRequest");
      return HookNormaliser.nameless(eventName, "tool_name", decides);
    }
    ToolCall call =
        Members.call(
            tool,
            payload.arguments("tool_input"),
            payload.text("tool_use_id"),
            payload.folder("cwd"));
    return switch (eventName) {
      case "PreToolUse" -> new HookEvent.BeforeTool(call);
      case "PermissionRequest" -> new HookEvent.AskedPermission(call);
      case "PostToolUse" ->
          new HookEvent.AfterTool(call, ToolResult.of(payload.value("tool_response")));
      default -> new HookEvent.AfterTool(call, ToolResult.failure(payload.value("error")));
    };
  }

  /** Calls of a tool that there is not, or that its schema refuses, are told of here only. */
  private static HookEvent batch(Members payload) {
    int turnedAway = 0;
    for (Members call : payload.objects("tool_calls")) {
      String told = call.text("tool_response");
      turnedAway += told != null && isTurnedAway(told) ? 1 : 0;
    }
    return turnedAway == 0 ? new HookEvent.Other() : new HookEvent.TurnedAway(turnedAway);
  }

  private static boolean isTurnedAway(String told) {
    return told.startsWith("<tool_use_error>Error: No such tool available")
        || told.startsWith("<tool_use_error>InputValidationError");
  }
}
