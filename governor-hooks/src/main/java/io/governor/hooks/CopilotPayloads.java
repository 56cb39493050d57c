package io.governor.hooks;

import io.governor.ToolCall;
import io.governor.ToolResult;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the payloads of Copilot CLI
 * (https://docs.github.com/copilot/reference/hooks-configuration). For event names in Pascal case
 * they name the event; for those in camel case they do not, and their members tell.
 */
final class CopilotPayloads implements HookNormaliser {

  private static final Set<String> LIFECYCLE =
      Set.of(
          "SessionStart",
          "UserPromptSubmit",
          "Stop",
          "SubagentStart",
          "SubagentStop",
          "ErrorOccurred",
          "PreCompact",
          "Notification",
          "Prompt");

  @Override
  public @Nullable HookPayload normalise(Members payload) {
    String named = payload.text("hook_event_name", "hookEventName");
    String eventName = named == null ? eventName(payload) : named;
    String sessionId = payload.text("session_id", "sessionId");
    if (eventName == null || sessionId == null) {
      return null;
    }
    return HookPayload.of(sessionId, eventName, event(eventName, payload), payload.folder("cwd"));
  }

  private static @Nullable String eventName(Members payload) {
    if (payload.has("toolName")) {
      if (payload.has("permissionSuggestions")) {
        return "PermissionRequest";
      }
      if (payload.has("error")) {
        return "PostToolUseFailure";
      }
      return payload.has("toolResult") ? "PostToolUse" : "PreToolUse";
    }
    if (payload.has("reason") && !payload.has("stopReason")) {
      return "SessionEnd";
    }
    return payload.has("timestamp") ? "Prompt" : null;
  }

  private static HookEvent event(String eventName, Members payload) {
    return switch (eventName) {
      case "PreToolUse", "PostToolUse", "PostToolUseFailure", "PermissionRequest" ->
          toolEvent(eventName, payload);
      case "SessionEnd" -> new HookEvent.SessionEnd(TurnSource.UNTOLD);
      default -> LIFECYCLE.contains(eventName) ? new HookEvent.Other() : new HookEvent.Unknown();
    };
  }

  private static HookEvent toolEvent(String eventName, Members payload) {
    String tool = payload.text("tool_name", "toolName");
    if (tool == null || tool.isEmpty()) {
      boolean decides = eventName.equals("PreToolUse") || eventName.equals("PermissionRequest");
      return HookNormaliser.nameless(eventName, "tool_name", decides);
    }
    String input = payload.has("tool_input") ? "tool_input" : "toolArgs";
    ToolCall call =
        Members.call(
            tool,
            payload.argumentsOrText(input),
            payload.text("tool_use_id", "toolCallId"),
            payload.folder("cwd"));
    return switch (eventName) {
      case "PreToolUse" -> new HookEvent.BeforeTool(call);
      case "PermissionRequest" -> new HookEvent.AskedPermission(call);
      case "PostToolUse" -> new HookEvent.AfterTool(call, ToolResult.of(result(payload)));
      default -> new HookEvent.AfterTool(call, ToolResult.failure(payload.value("error")));
    };
  }

  private static @Nullable Object result(Members payload) {
    Object result = payload.value("tool_result");
    if (result == null) {
      result = payload.value("tool_response");
    }
    return result == null ? payload.value("toolResult") : result;
  }
}
