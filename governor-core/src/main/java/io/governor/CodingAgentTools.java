package io.governor;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The tools of known coding agents (execution record, section 5.4). */
final class CodingAgentTools {

  private static final ToolName SHELL = new ToolName(Operation.EXECUTE, "shell");
  private static final ToolName FILE_WRITE = new ToolName(Operation.WRITE, "filesystem");
  private static final ToolName FILE_READ = new ToolName(Operation.READ, "filesystem");
  private static final ToolName WEB = new ToolName(Operation.READ, "web");
  private static final ToolName AGENT = new ToolName(Operation.EXECUTE, "agent_runtime");
  private static final ToolName STATE = new ToolName(Operation.WRITE, "session_state");

  private static final Map<String, ToolName> TABLE =
      Map.ofEntries(
          Map.entry("Bash", SHELL),
          Map.entry("run_shell_command", SHELL),
          Map.entry("shell", SHELL),
          Map.entry("shell_command", SHELL),
          Map.entry("exec_command", SHELL),
          Map.entry("execute_command", SHELL),
          Map.entry("Execute", SHELL),
          Map.entry("Edit", FILE_WRITE),
          Map.entry("MultiEdit", FILE_WRITE),
          Map.entry("Write", FILE_WRITE),
          Map.entry("NotebookEdit", FILE_WRITE),
          Map.entry("write_file", FILE_WRITE),
          Map.entry("replace", FILE_WRITE),
          Map.entry("apply_patch", FILE_WRITE),
          Map.entry("Read", FILE_READ),
          Map.entry("Grep", FILE_READ),
          Map.entry("Glob", FILE_READ),
          Map.entry("LS", FILE_READ),
          Map.entry("read_file", FILE_READ),
          Map.entry("read_many_files", FILE_READ),
          Map.entry("list_directory", FILE_READ),
          Map.entry("glob", FILE_READ),
          Map.entry("search_file_content", FILE_READ),
          Map.entry("WebFetch", WEB),
          Map.entry("WebSearch", WEB),
          Map.entry("web_fetch", WEB),
          Map.entry("google_web_search", WEB),
          Map.entry("Agent", AGENT),
          Map.entry("Task", AGENT),
          Map.entry("TodoWrite", STATE));

  private CodingAgentTools() {}

  static @Nullable ToolName find(String tool) {
    return TABLE.get(tool);
  }

  /** Whether the tool runs shell commands; these are read on every surface (section 8). */
  static boolean isShell(String tool) {
    return SHELL.equals(TABLE.get(tool));
  }
}
