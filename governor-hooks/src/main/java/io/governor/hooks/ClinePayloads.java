package io.governor.hooks;

import io.governor.ToolCall;
import io.governor.ToolResult;
import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the payloads of Cline (https://docs.cline.bot/features/hooks/hook-reference). They give
 * calls no id, and no folder but those of the workspace.
 */
final class ClinePayloads implements HookNormaliser {

  private static final Set<String> LIFECYCLE =
      Set.of(
          "TaskStart",
          "TaskResume",
          "TaskCancel",
          "TaskComplete",
          "UserPromptSubmit",
          "PreCompact",
          "Notification");

  @Override
  public @Nullable HookPayload normalise(Members payload) {
    String eventName = payload.text("hookName");
    String sessionId = payload.text("taskId");
    if (eventName == null || sessionId == null) {
      return null;
    }
    Path root = payload.firstFolder("workspaceRoots");
    return HookPayload.of(sessionId, eventName, event(eventName, payload), root)
        .withVersion(payload.text("clineVersion"))
        .withProject(root);
  }

  private static HookEvent event(String eventName, Members payload) {
    return switch (eventName) {
      case "PreToolUse" -> before(payload.object("preToolUse"));
      case "PostToolUse" -> after(payload.object("postToolUse"));
      default -> LIFECYCLE.contains(eventName) ? new HookEvent.Other() : new HookEvent.Unknown();
    };
  }

  private static HookEvent before(Members use) {
    ToolCall call = call(use);
    return call == null
        ? HookNormaliser.nameless("PreToolUse", "preToolUse.toolName", true)
        : new HookEvent.BeforeTool(call);
  }

  private static HookEvent after(Members use) {
    ToolCall call = call(use);
    if (call == null) {
      return HookNormaliser.nameless("PostToolUse", "postToolUse.toolName", false);
    }
    Object result = use.value("result");
    boolean failed = Boolean.FALSE.equals(use.value("success"));
    return new HookEvent.AfterTool(
        call, failed ? ToolResult.failure(result) : ToolResult.of(result));
  }

  private static @Nullable ToolCall call(Members use) {
    String tool = use.text("toolName", "tool");
    return tool == null || tool.isEmpty()
        ? null
        : Members.call(tool, use.arguments("parameters"), null, null);
  }
}
