package io.governor.hooks;

import io.governor.ToolArguments;
import io.governor.ToolCall;
import io.governor.ToolResult;
import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the payloads of Windsurf Cascade (https://docs.windsurf.com/windsurf/cascade/hooks). A tool
 * is called as its action is, without {@code pre_} or {@code post_}; the line that {@code
 * run_command} runs is its {@code command}, as rules know it.
 */
final class WindsurfPayloads implements HookNormaliser {

  private static final Set<String> TOOLS =
      Set.of("read_code", "write_code", "run_command", "mcp_tool_use");

  private static final Set<String> LIFECYCLE =
      Set.of(
          "pre_user_prompt",
          "post_cascade_response",
          "post_cascade_response_with_transcript",
          "post_setup_worktree");

  @Override
  public @Nullable HookPayload normalise(Members payload) {
    String eventName = payload.text("agent_action_name");
    String sessionId = payload.text("trajectory_id");
    if (eventName == null || sessionId == null) {
      return null;
    }
    Members info = payload.object("tool_info");
    return HookPayload.of(sessionId, eventName, event(eventName, info), info.folder("cwd"));
  }

  private static HookEvent event(String eventName, Members info) {
    boolean before = eventName.startsWith("pre_");
    String action = eventName.substring(Math.min(eventName.length(), before ? 4 : 5));
    boolean isTool = TOOLS.contains(action) && (before || eventName.startsWith("post_"));
    if (!isTool) {
      return LIFECYCLE.contains(eventName) ? new HookEvent.Other() : new HookEvent.Unknown();
    }
    String tool = action.equals("mcp_tool_use") ? mcpTool(info) : action;
    if (tool == null) {
      return HookNormaliser.nameless(eventName, "tool_info.mcp_tool_name", before);
    }
    ToolCall call = Members.call(tool, arguments(action, info), null, folder(info));
    return before
        ? new HookEvent.BeforeTool(call)
        : new HookEvent.AfterTool(call, ToolResult.of(info.value("mcp_result")));
  }

  private static @Nullable String mcpTool(Members info) {
    String server = info.text("mcp_server_name");
    String tool = info.text("mcp_tool_name");
    return server == null || tool == null ? null : "mcp__" + server + "__" + tool;
  }

  private static ToolArguments arguments(String action, Members info) {
    return switch (action) {
      case "mcp_tool_use" -> info.arguments("mcp_tool_arguments");
      case "run_command" -> info.renamed("command_line", "command");
      default -> info.renamed("file_path", "file_path");
    };
  }

  private static @Nullable Path folder(Members info) {
    return info.folder("cwd");
  }
}
