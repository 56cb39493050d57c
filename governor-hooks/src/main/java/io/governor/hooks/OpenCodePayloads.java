package io.governor.hooks;

import io.governor.ToolCall;
import io.governor.ToolResult;
import org.jspecify.annotations.Nullable;

/**
 * Reads what our own plugin for OpenCode hands on (https://opencode.ai/docs/plugins), in the form
 * that docs/hooks.md lays down.
 */
final class OpenCodePayloads implements HookNormaliser {

  @Override
  public @Nullable HookPayload normalise(Members payload) {
    String eventName = payload.text("event");
    String sessionId = payload.text("sessionID");
    if (eventName == null || sessionId == null) {
      return null;
    }
    return HookPayload.of(
            sessionId, eventName, event(eventName, payload), payload.folder("directory"))
        .withProject(payload.folder("worktree"));
  }

  private static HookEvent event(String eventName, Members payload) {
    return switch (eventName) {
      case "tool.execute.before", "tool.execute.after", "permission.ask" ->
          toolEvent(eventName, payload);
      case "session.created", "session.idle" -> new HookEvent.Other();
      case "session.deleted" -> new HookEvent.SessionEnd(TurnSource.UNTOLD);
      default -> new HookEvent.Unknown();
    };
  }

  private static HookEvent toolEvent(String eventName, Members payload) {
    boolean after = eventName.equals("tool.execute.after");
    String tool = payload.text("tool");
    if (tool == null || tool.isEmpty()) {
      return HookNormaliser.nameless(eventName, "tool", !after);
    }
    ToolCall call =
        Members.call(
            tool, payload.arguments("args"), payload.text("callID"), payload.folder("directory"));
    if (after) {
      return new HookEvent.AfterTool(call, ToolResult.of(payload.value("output")));
    }
    return eventName.equals("permission.ask")
        ? new HookEvent.AskedPermission(call)
        : new HookEvent.BeforeTool(call);
  }
}
