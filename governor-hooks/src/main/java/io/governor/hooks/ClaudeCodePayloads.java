package io.governor.hooks;

import io.governor.ToolArguments;
import io.governor.ToolCall;
import io.governor.ToolResult;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads what Claude Code sends (execution record, section 9.5). Only the calls themselves have
 * events of their own: permission prompts, failed calls and batches tell of a call that its own
 * payload has told already.
 */
final class ClaudeCodePayloads implements HookNormaliser {

  @Override
  public @Nullable HookPayload normalise(Map<String, @Nullable Object> payload) {
    String eventName = text(payload, "hook_event_name");
    String sessionId = text(payload, "session_id");
    if (eventName == null || sessionId == null) {
      return null;
    }
    return new HookPayload(sessionId, event(eventName, payload), text(payload, "agent_id"), null);
  }

  private static HookEvent event(String eventName, Map<String, @Nullable Object> payload) {
    return switch (eventName) {
      case "PreToolUse", "PostToolUse" -> toolEvent(eventName, payload);
      case "SessionEnd" ->
          new HookEvent.SessionEnd(new ClaudeCodeTranscript(text(payload, "transcript_path")));
      default -> new HookEvent.Other();
    };
  }

  private static HookEvent toolEvent(String eventName, Map<String, @Nullable Object> payload) {
    String tool = text(payload, "tool_name");
    if (tool == null || tool.isEmpty()) {
      return new HookEvent.Unreadable(eventName + ": tool_name: expected the name of a tool");
    }
    ToolCall call = ToolCall.of(tool, arguments(payload)).withId(text(payload, "tool_use_id"));
    return eventName.equals("PreToolUse")
        ? new HookEvent.BeforeTool(call)
        : new HookEvent.AfterTool(call, ToolResult.of(payload.get("tool_response")));
  }

  private static ToolArguments arguments(Map<String, @Nullable Object> payload) {
    if (!(payload.get("tool_input") instanceof Map<?, ?> input)) {
      return ToolArguments.empty();
    }
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    input.forEach((name, value) -> members.put((String) name, value));
    return ToolArguments.of(members);
  }

  private static @Nullable String text(Map<String, @Nullable Object> payload, String name) {
    return payload.get(name) instanceof String text ? text : null;
  }
}
