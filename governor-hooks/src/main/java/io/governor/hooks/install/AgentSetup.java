package io.governor.hooks.install;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where each coding agent keeps its hooks, and which events are registered there. Codex, Gemini CLI
 * and Claude Code were run; the others are as their documentation has them: Cursor
 * (https://cursor.com/docs/hooks), Copilot CLI
 * (https://docs.github.com/en/copilot/reference/copilot-cli-reference/cli-hooks-reference),
 * Windsurf (https://docs.windsurf.com/windsurf/cascade/hooks), Cline
 * (https://docs.cline.bot/features/hooks/hook-reference), Kiro CLI
 * (https://kiro.dev/docs/cli/hooks), Droid (https://docs.factory.ai/harness/hooks), OpenCode
 * (https://opencode.ai/docs/plugins).
 */
enum AgentSetup {
  CLAUDE_CODE("claude-code") {
    @Override
    List<Part> parts(Machine machine, InstallOptions options) {
      Path folder = folder(options, ".claude", machine.folder("CLAUDE_CONFIG_DIR", ".claude"));
      Hooks hooks = new Hooks(this, machine, options);
      for (String event : CLAUDE_EVENTS) {
        hooks.add(event, claudeHook(hooks, event, options));
      }
      List<Part> parts = new ArrayList<>();
      parts.add(hooks.in(folder.resolve("settings.json"), HookShape.GROUPS, Map.of()));
      if (options.commands()) {
        parts.addAll(SlashCommands.below(folder.resolve("commands"), machine, mode(options)));
      }
      return parts;
    }
  },
  CODEX("codex") {
    @Override
    List<Part> parts(Machine machine, InstallOptions options) {
      Path folder = folder(options, ".codex", machine.folder("CODEX_HOME", ".codex"));
      Hooks hooks = new Hooks(this, machine, options);
      for (String event :
          List.of(
              "PreToolUse",
              "PostToolUse",
              "PermissionRequest",
              "UserPromptSubmit",
              "SessionStart",
              "SessionEnd",
              "Stop",
              "SubagentStart",
              "SubagentStop")) {
        // Codex cuts the time of SessionEnd to 3 seconds by itself.
        hooks.add(event, hooks.timed(event, "timeout", 15));
      }
      return List.of(hooks.in(folder.resolve("hooks.json"), HookShape.GROUPS, Map.of()));
    }
  },
  GEMINI("gemini") {
    @Override
    List<Part> parts(Machine machine, InstallOptions options) {
      Path folder = folder(options, ".gemini", machine.home().resolve(".gemini"));
      Hooks hooks = new Hooks(this, machine, options);
      for (String event :
          List.of("BeforeTool", "AfterTool", "BeforeAgent", "SessionStart", "SessionEnd")) {
        Map<String, Object> hook = new LinkedHashMap<>(Map.of("name", "governor"));
        hook.putAll(hooks.timed(event, "timeout", 15_000));
        hooks.add(event, hook);
      }
      return List.of(hooks.in(folder.resolve("settings.json"), HookShape.GROUPS, Map.of()));
    }
  },
  CURSOR("cursor") {
    @Override
    List<Part> parts(Machine machine, InstallOptions options) {
      Path folder = folder(options, ".cursor", machine.home().resolve(".cursor"));
      Hooks hooks = new Hooks(this, machine, options);
      for (String event :
          List.of(
              "preToolUse",
              "postToolUse",
              "postToolUseFailure",
              "beforeSubmitPrompt",
              "sessionStart",
              "sessionEnd",
              "stop")) {
        Map<String, Object> hook = new LinkedHashMap<>();
        hook.put("command", hooks.command(event));
        hook.put("timeout", 15L);
        if (hooks.refuses(event)) {
          hook.put("failClosed", true);
        }
        hooks.add(event, hook);
      }
      return List.of(hooks.in(folder.resolve("hooks.json"), HookShape.LIST, Map.of("version", 1L)));
    }
  },
  COPILOT_CLI("copilot-cli") {
    @Override
    List<Part> parts(Machine machine, InstallOptions options) {
      Path folder = folder(options, ".github", machine.folder("COPILOT_HOME", ".copilot"));
      Hooks hooks = new Hooks(this, machine, options);
      // Written like this the payloads name their event.
      for (String event :
          List.of(
              "PreToolUse",
              "PostToolUse",
              "PostToolUseFailure",
              "UserPromptSubmit",
              "SessionStart",
              "SessionEnd")) {
        Map<String, Object> hook = new LinkedHashMap<>();
        hook.put("type", "command");
        hook.put("bash", hooks.command(event));
        hook.put("timeoutSec", 15L);
        hooks.add(event, hook);
      }
      Path file = folder.resolve("hooks").resolve("governor.json");
      HookShape shape = new HookShape(List.of("hooks"), false, "bash");
      return List.of(hooks.in(file, shape, Map.of("version", 1L)));
    }
  },
  WINDSURF("windsurf") {
    @Override
    List<Part> parts(Machine machine, InstallOptions options) {
      Path folder =
          folder(options, ".windsurf", machine.home().resolve(".codeium").resolve("windsurf"));
      Hooks hooks = new Hooks(this, machine, options);
      for (String action : List.of("read_code", "write_code", "run_command", "mcp_tool_use")) {
        for (String event : List.of("pre_" + action, "post_" + action)) {
          hooks.add(event, windsurfHook(hooks, event));
        }
      }
      hooks.add("pre_user_prompt", windsurfHook(hooks, "pre_user_prompt"));
      return List.of(hooks.in(folder.resolve("hooks.json"), HookShape.LIST, Map.of()));
    }
  },
  CLINE("cline") {
    @Override
    List<Part> parts(Machine machine, InstallOptions options) throws InstallException {
      Path folder = inProject(options).resolve(".clinerules").resolve("hooks");
      Hooks hooks = new Hooks(this, machine, options);
      List<Part> parts = new ArrayList<>();
      for (String event :
          List.of(
              "PreToolUse",
              "PostToolUse",
              "UserPromptSubmit",
              "TaskStart",
              "TaskResume",
              "TaskCancel",
              "TaskComplete")) {
        String script =
            "#!/bin/sh\n# "
                + WholePart.MARK
                + " cline; --remove takes it away.\nexec "
                + hooks.command(event)
                + "\n";
        parts.add(new WholePart(folder.resolve(event), script, "rwxr-xr-x"));
      }
      return parts;
    }
  },
  KIRO("kiro") {
    @Override
    List<Part> parts(Machine machine, InstallOptions options) throws InstallException, IOException {
      Path folder = folder(options, ".kiro", machine.home().resolve(".kiro")).resolve("agents");
      List<Part> parts = new ArrayList<>();
      for (Path file : configurations(folder)) {
        Hooks hooks = new Hooks(this, machine, options);
        for (String event : List.of("agentSpawn", "userPromptSubmit", "stop")) {
          hooks.add(event, kiroHook(hooks, event, false));
        }
        hooks.add("preToolUse", kiroHook(hooks, "preToolUse", true));
        hooks.add("postToolUse", kiroHook(hooks, "postToolUse", true));
        parts.add(hooks.in(file, HookShape.LIST, Map.of()));
      }
      if (parts.isEmpty()) {
        throw new InstallException(
            folder
                + ": there is no agent: Kiro takes hooks from the configuration of an agent; make one"
                + " with kiro-cli agent create, then run this again");
      }
      return parts;
    }
  },
  DROID("droid") {
    @Override
    List<Part> parts(Machine machine, InstallOptions options) {
      Path folder = folder(options, ".factory", machine.home().resolve(".factory"));
      Hooks hooks = new Hooks(this, machine, options);
      for (String event :
          List.of(
              "PreToolUse",
              "PostToolUse",
              "UserPromptSubmit",
              "SessionStart",
              "SessionEnd",
              "Stop",
              "SubagentStop")) {
        hooks.add(event, hooks.timed(event, "timeout", 15));
      }
      Path own = folder.resolve("hooks.json");
      Path settings = folder.resolve("settings.json");
      // The first file makes Droid ignore hooks in the second.
      boolean inSettings = !Files.exists(own) && DroidSettings.holdHooks(settings);
      HookShape shape = inSettings ? HookShape.GROUPS : HookShape.GROUPS_ALONE;
      return List.of(hooks.in(inSettings ? settings : own, shape, Map.of()));
    }
  },
  OPENCODE("opencode") {
    @Override
    List<Part> parts(Machine machine, InstallOptions options) {
      Path config = machine.folder("XDG_CONFIG_HOME", ".config").resolve("opencode");
      Path folder = folder(options, ".opencode", config).resolve("plugins");
      return List.of(
          new WholePart(
              folder.resolve("governor.js"), OpenCodePlugin.text(machine, options), mode(options)));
    }
  };

  private static final List<String> CLAUDE_EVENTS =
      List.of(
          "PreToolUse",
          "PostToolUse",
          "PostToolUseFailure",
          "PostToolBatch",
          "PermissionRequest",
          "UserPromptSubmit",
          "SessionStart",
          "SessionEnd",
          "Stop",
          "SubagentStart",
          "SubagentStop");

  /** The events whose answer can refuse, whatever each agent calls them. */
  static final List<String> REFUSING =
      List.of(
          "PreToolUse",
          "PermissionRequest",
          "BeforeTool",
          "preToolUse",
          "pre_read_code",
          "pre_write_code",
          "pre_run_command",
          "pre_mcp_tool_use",
          "tool.execute.before");

  private final String agentName;

  AgentSetup(String agentName) {
    this.agentName = agentName;
  }

  static @Nullable AgentSetup named(String agent) {
    return Arrays.stream(values())
        .filter(each -> each.agentName.equals(agent))
        .findFirst()
        .orElse(null);
  }

  String agentName() {
    return agentName;
  }

  /**
   * The files that hold this agent's hooks.
   *
   * @throws InstallException if there is no place for them
   */
  abstract List<Part> parts(Machine machine, InstallOptions options)
      throws InstallException, IOException;

  private static Path folder(InstallOptions options, String inProject, Path user) {
    return options.project() == null ? user : options.project().resolve(inProject);
  }

  private static Path inProject(InstallOptions options) throws InstallException {
    if (options.project() == null) {
      throw new InstallException(
          "Cline takes hooks from a project: say which with --project DIRECTORY");
    }
    return options.project();
  }

  /** What a project holds is for everybody who may read it; what the user holds is his own. */
  private static String mode(InstallOptions options) {
    return options.project() == null ? "rw-------" : "rw-r--r--";
  }

  private static Map<String, Object> claudeHook(Hooks hooks, String event, InstallOptions options) {
    // HTTP hooks are not run for SessionStart, and a command there starts the daemon.
    Map<String, Object> hook =
        options.http() == null || event.equals("SessionStart")
            ? hooks.timed(event, "timeout", 15)
            : httpHook(hooks, event, options.http());
    if (hooks.refuses(event) && options.failuresBlock()) {
      hook.put("onFailure", "block");
    }
    return hook;
  }

  private static Map<String, Object> httpHook(Hooks hooks, String event, HttpAddress http) {
    Map<String, Object> headers = new LinkedHashMap<>();
    headers.put("Authorization", "Bearer " + http.token());
    if (hooks.refuses(event)) {
      headers.put(HttpHook.ENFORCE, "yes");
    }
    Map<String, Object> hook = new LinkedHashMap<>();
    hook.put("type", "http");
    hook.put("url", HttpHook.url(http.port(), hooks.agent()));
    hook.put("headers", headers);
    hook.put("timeout", 5L);
    return hook;
  }

  private static Map<String, Object> windsurfHook(Hooks hooks, String event) {
    Map<String, Object> hook = new LinkedHashMap<>();
    hook.put("command", hooks.command(event));
    hook.put("show_output", false);
    return hook;
  }

  private static Map<String, Object> kiroHook(Hooks hooks, String event, boolean ofTools) {
    Map<String, Object> hook = new LinkedHashMap<>();
    if (ofTools) {
      hook.put("matcher", "*");
    }
    hook.put("command", hooks.command(event));
    hook.put("timeout_ms", 15_000L);
    return hook;
  }

  private static List<Path> configurations(Path folder) throws IOException {
    List<Path> files = new ArrayList<>();
    if (Files.isDirectory(folder)) {
      try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, "*.json")) {
        entries.forEach(files::add);
      } catch (DirectoryIteratorException e) {
        throw e.getCause();
      }
    }
    files.sort(null);
    return files;
  }

  /** Hooks of one agent, gathered by event. Used by one thread. */
  private static final class Hooks {

    private final AgentSetup setup;
    private final Machine machine;
    private final InstallOptions options;
    private final Map<String, Map<String, Object>> hooks = new LinkedHashMap<>();

    Hooks(AgentSetup setup, Machine machine, InstallOptions options) {
      this.setup = setup;
      this.machine = machine;
      this.options = options;
    }

    String agent() {
      return setup.agentName;
    }

    boolean refuses(String event) {
      return options.enforce() && REFUSING.contains(event);
    }

    String command(String event) {
      return HookCommandLine.of(
          machine.script(),
          machine.homeToSay(options),
          machine.stateRoot(),
          refuses(event),
          setup.agentName);
    }

    /** As Claude Code has it, and those that follow it. */
    Map<String, Object> timed(String event, String key, long limit) {
      Map<String, Object> hook = new LinkedHashMap<>();
      hook.put("type", "command");
      hook.put("command", command(event));
      hook.put(key, limit);
      return hook;
    }

    void add(String event, Map<String, Object> hook) {
      hooks.put(event, hook);
    }

    Part in(Path file, HookShape shape, Map<String, Object> head) {
      String mode = options.http() == null ? mode(options) : "rw-------";
      return new JsonPart(file, setup.agentName, shape, head, hooks, mode);
    }
  }
}
