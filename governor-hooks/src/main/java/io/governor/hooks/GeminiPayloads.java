package io.governor.hooks;

import io.governor.TokenUsage;
import io.governor.ToolCall;
import io.governor.ToolResult;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the payloads of Gemini CLI, checked against 0.61.0
 * (https://geminicli.com/docs/hooks/reference). They give calls no id.
 */
final class GeminiPayloads implements HookNormaliser {

  private static final Set<String> LIFECYCLE =
      Set.of(
          "BeforeModel",
          "BeforeToolSelection",
          "BeforeAgent",
          "AfterAgent",
          "SessionStart",
          "PreCompress",
          "Notification");

  @Override
  public @Nullable HookPayload normalise(Members payload) {
    String eventName = payload.text("hook_event_name");
    String sessionId = payload.text("session_id");
    if (eventName == null || sessionId == null) {
      return null;
    }
    return HookPayload.of(sessionId, eventName, event(eventName, payload), payload.folder("cwd"));
  }

  private static HookEvent event(String eventName, Members payload) {
    return switch (eventName) {
      case "BeforeTool", "AfterTool" -> toolEvent(eventName, payload);
      case "AfterModel" -> turn(payload);
      case "SessionEnd" -> new HookEvent.SessionEnd(TurnSource.UNTOLD);
      default -> LIFECYCLE.contains(eventName) ? new HookEvent.Other() : new HookEvent.Unknown();
    };
  }

  private static HookEvent toolEvent(String eventName, Members payload) {
    boolean before = eventName.equals("BeforeTool");
    String tool = payload.text("tool_name");
    if (tool == null || tool.isEmpty()) {
      return HookNormaliser.nameless(eventName, "tool_name", before);
    }
    ToolCall call =
        Members.call(tool, payload.arguments("tool_input"), null, payload.folder("cwd"));
    return before
        ? new HookEvent.BeforeTool(call)
        : new HookEvent.AfterTool(call, ToolResult.of(payload.value("tool_response")));
  }

  /** A streamed answer is told of piece by piece; the last piece has the sums. */
  private static HookEvent turn(Members payload) {
    Members response = payload.object("llm_response");
    Members usage = response.object("usageMetadata");
    boolean last =
        response.objects("candidates").stream().anyMatch(each -> each.text("finishReason") != null);
    Long prompt = count(usage, "promptTokenCount");
    Long completion = count(usage, "candidatesTokenCount");
    if (!last || (prompt == null && completion == null)) {
      return new HookEvent.Other();
    }
    return new HookEvent.ModelTurn(
        new TokenUsage(
            prompt,
            completion,
            count(usage, "cachedContentTokenCount"),
            null,
            count(usage, "thoughtsTokenCount"),
            payload.object("llm_request").text("model"),
            "google",
            null,
            List.of()));
  }

  private static @Nullable Long count(Members usage, String name) {
    Object value = usage.value(name);
    return value instanceof Number || value instanceof String
        ? TokenUsage.count(String.valueOf(value))
        : null;
  }
}
