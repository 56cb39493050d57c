package io.governor.hooks.install;

import io.governor.json.JsonProblem;
import io.governor.json.JsonWriter;
import io.governor.json.StrictJson;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A call that nobody makes, told to a hook as its agent would tell it, to see what the hook does. A
 * payload has what each agent's documentation promises, or what it was seen to send. Stateless.
 */
public final class Canary {

  private Canary() {}

  /**
   * The payload of an agent that is about to run a shell command.
   *
   * @param session the session it says to be in
   * @param folder where it says to work
   */
  public static byte[] payload(String agent, String session, Path folder, String command) {
    Payload payload = new Payload(session, folder.toString(), command);
    return switch (agent) {
      case "gemini" -> payload.claudeLike("BeforeTool", "run_shell_command");
      case "cursor" -> payload.cursor();
      case "copilot-cli" -> payload.claudeLike("PreToolUse", "bash");
      case "windsurf" -> payload.windsurf();
      case "cline" -> payload.cline();
      case "kiro" -> payload.claudeLike("preToolUse", "execute_bash");
      case "droid" -> payload.claudeLike("PreToolUse", "Execute");
      case "opencode" -> payload.openCode();
      default -> payload.claudeLike("PreToolUse", "Bash");
    };
  }

  /** Whether what a hook answered refuses the call, in whichever language. */
  public static boolean isRefusal(int exitCode, String stdout) {
    return exitCode == 2 || (exitCode == 0 && refuses(parsed(stdout)));
  }

  private static boolean refuses(@Nullable Object answer) {
    if (!(answer instanceof Map<?, ?> members)) {
      return false;
    }
    return "deny".equals(members.get("permissionDecision"))
        || "deny".equals(members.get("decision"))
        || "block".equals(members.get("decision"))
        || "deny".equals(members.get("permission"))
        || Boolean.TRUE.equals(members.get("cancel"))
        || members.get("deny") instanceof String
        || refuses(members.get("hookSpecificOutput"));
  }

  private static @Nullable Object parsed(String stdout) {
    try {
      return stdout.isBlank() ? null : StrictJson.parse(stdout, StrictJson.Limits.HOOK);
    } catch (JsonProblem e) {
      return null;
    }
  }

  /** One call. */
  private record Payload(String session, String folder, String command) {

    private static final String CALL = "governor-doctor";

    byte[] claudeLike(String event, String tool) {
      JsonWriter json = begun("session_id", session);
      json.member("transcript_path").value("");
      json.member("cwd").value(folder).member("hook_event_name").value(event);
      json.member("tool_name").value(tool).member("tool_use_id").value(CALL);
      return arguments(json, "tool_input", "command");
    }

    byte[] cursor() {
      JsonWriter json = begun("conversation_id", session);
      json.member("generation_id").value(CALL);
      json.member("hook_event_name").value("preToolUse").member("tool_name").value("Shell");
      json.member("cwd").value(folder).member("tool_use_id").value(CALL);
      json.member("workspace_roots").beginArray().item().value(folder).endArray();
      return arguments(json, "tool_input", "command");
    }

    byte[] windsurf() {
      JsonWriter json = begun("agent_action_name", "pre_run_command");
      json.member("trajectory_id").value(session).member("execution_id").value(CALL);
      return arguments(json, "tool_info", "command_line");
    }

    byte[] cline() {
      JsonWriter json = begun("hookName", "PreToolUse");
      json.member("taskId").value(session);
      json.member("workspaceRoots").beginArray().item().value(folder).endArray();
      json.member("preToolUse").beginObject().member("toolName").value("execute_command");
      json.member("parameters").beginObject().member("command").value(command).endObject();
      return bytes(json.endObject().endObject());
    }

    byte[] openCode() {
      JsonWriter json = begun("event", "tool.execute.before");
      json.member("sessionID").value(session).member("callID").value(CALL);
      json.member("tool").value("bash").member("directory").value(folder);
      return arguments(json, "args", "command");
    }

    private static JsonWriter begun(String name, String value) {
      return new JsonWriter(512).beginObject().member(name).value(value);
    }

    private byte[] arguments(JsonWriter json, String member, String name) {
      json.member(member).beginObject().member(name).value(command);
      if (name.equals("command_line")) {
        json.member("cwd").value(folder);
      }
      return bytes(json.endObject().endObject());
    }

    private static byte[] bytes(JsonWriter json) {
      return new String(json.buffer(), 0, json.length(), StandardCharsets.US_ASCII)
          .getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public String toString() {
      return "Payload[" + command.length() + " characters]";
    }
  }
}
