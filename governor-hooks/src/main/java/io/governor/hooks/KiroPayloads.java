package io.governor.hooks;

import io.governor.ToolCall;
import io.governor.ToolResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the payloads of Kiro CLI (https://kiro.dev/docs/cli/hooks). Its documentation promises no
 * session id; without one, everything that happens in a folder is one session.
 */
final class KiroPayloads implements HookNormaliser {

  private static final Set<String> LIFECYCLE = Set.of("agentSpawn", "userPromptSubmit", "stop");
  private static final int DIGEST_BYTES = 8;

  @Override
  public @Nullable HookPayload normalise(Members payload) {
    String eventName = payload.text("hook_event_name");
    Path folder = payload.folder("cwd");
    String sessionId = payload.text("session_id");
    if (sessionId == null && folder != null) {
      sessionId = "folder-" + digest(folder.toString());
    }
    if (eventName == null || sessionId == null) {
      return null;
    }
    return HookPayload.of(sessionId, eventName, event(eventName, payload), folder);
  }

  private static HookEvent event(String eventName, Members payload) {
    boolean before = eventName.equals("preToolUse");
    if (!before && !eventName.equals("postToolUse")) {
      return LIFECYCLE.contains(eventName) ? new HookEvent.Other() : new HookEvent.Unknown();
    }
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

  private static String digest(String folder) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(folder.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, DIGEST_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
