package io.governor.hooks;

import io.governor.ToolArguments;
import io.governor.ToolCall;
import io.governor.ToolResult;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the payloads of Cursor (https://cursor.com/docs/hooks). It tells of a call twice when both
 * its general and its particular hooks are set up: register {@code preToolUse}, {@code postToolUse}
 * and {@code postToolUseFailure}, or only the particular ones.
 */
final class CursorPayloads implements HookNormaliser {

  private static final Set<String> LIFECYCLE =
      Set.of(
          "sessionStart",
          "subagentStart",
          "subagentStop",
          "beforeSubmitPrompt",
          "afterAgentResponse",
          "afterAgentThought",
          "preCompact",
          "stop",
          "workspaceOpen",
          "beforeTabFileRead",
          "afterTabFileEdit");

  @Override
  public @Nullable HookPayload normalise(Members payload) {
    String eventName = payload.text("hook_event_name");
    String sessionId = payload.text("conversation_id", "session_id");
    if (eventName == null || sessionId == null) {
      return null;
    }
    return HookPayload.of(sessionId, eventName, event(eventName, payload), payload.folder("cwd"))
        .withVersion(payload.text("cursor_version"))
        .withProject(payload.firstFolder("workspace_roots"));
  }

  private static HookEvent event(String eventName, Members payload) {
    return switch (eventName) {
      case "preToolUse", "beforeMCPExecution" ->
          before(
              eventName, payload.text("tool_name"), payload.argumentsOrText("tool_input"), payload);
      case "postToolUse" -> after(eventName, payload, "tool_output");
      case "afterMCPExecution" -> after(eventName, payload, "result_json");
      case "postToolUseFailure" -> failure(eventName, payload);
      case "beforeShellExecution" -> before(eventName, "Shell", payload.only("command"), payload);
      case "beforeReadFile" -> before(eventName, "Read", payload.only("file_path"), payload);
      case "afterShellExecution" ->
          new HookEvent.AfterTool(
              call("Shell", payload.only("command"), payload),
              ToolResult.of(payload.value("output")));
      case "afterFileEdit" -> new HookEvent.Other();
      case "sessionEnd" -> new HookEvent.SessionEnd(TurnSource.UNTOLD);
      default -> LIFECYCLE.contains(eventName) ? new HookEvent.Other() : new HookEvent.Unknown();
    };
  }

  private static HookEvent before(
      String eventName, @Nullable String tool, ToolArguments arguments, Members payload) {
    return tool == null || tool.isEmpty()
        ? HookNormaliser.nameless(eventName, "tool_name", true)
        : new HookEvent.BeforeTool(call(tool, arguments, payload));
  }

  private static HookEvent after(String eventName, Members payload, String result) {
    return ended(eventName, payload, ToolResult.of(payload.value(result)));
  }

  private static HookEvent failure(String eventName, Members payload) {
    return ended(eventName, payload, ToolResult.failure(payload.value("error_message")));
  }

  private static HookEvent ended(String eventName, Members payload, ToolResult result) {
    String tool = payload.text("tool_name");
    return tool == null || tool.isEmpty()
        ? HookNormaliser.nameless(eventName, "tool_name", false)
        : new HookEvent.AfterTool(
            call(tool, payload.argumentsOrText("tool_input"), payload), result);
  }

  private static ToolCall call(String tool, ToolArguments arguments, Members payload) {
    return Members.call(tool, arguments, payload.text("tool_use_id"), payload.folder("cwd"));
  }
}
