package io.governor.cli;

import io.governor.json.JsonProblem;
import io.governor.json.StrictJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Settings of agents that switch all hooks off, ours too: {@code disableAllHooks} of Claude Code
 * and {@code hooksConfig} of Gemini CLI, as their settings are documented. Stateless.
 */
final class HookSwitches {

  private static final long LARGEST = 4L << 20;

  private HookSwitches() {}

  /** The files in which an agent is told to run no hooks, and by which setting. */
  static List<String> off(String agent, Invocation invocation, Path project) {
    List<String> off = new ArrayList<>();
    for (Path file : files(agent, invocation, project)) {
      String setting = setting(agent, read(file));
      if (setting != null) {
        off.add(file + ": " + setting);
      }
    }
    return off;
  }

  private static List<Path> files(String agent, Invocation invocation, Path project) {
    Path home = HookInstallation.home(invocation);
    return switch (agent) {
      case "claude-code" -> {
        String named = invocation.env().getOrDefault("CLAUDE_CONFIG_DIR", "");
        Path own = named.isBlank() ? home.resolve(".claude") : Path.of(named);
        yield List.of(
            Path.of("/etc/claude-code/managed-settings.json"),
            own.resolve("settings.json"),
            project.resolve(".claude/settings.json"),
            project.resolve(".claude/settings.local.json"));
      }
      case "gemini" ->
          List.of(
              Path.of("/etc/gemini-cli/settings.json"),
              home.resolve(".gemini/settings.json"),
              project.resolve(".gemini/settings.json"));
      default -> List.of();
    };
  }

  private static @Nullable String setting(String agent, Map<?, ?> settings) {
    if (agent.equals("claude-code")) {
      return Boolean.TRUE.equals(settings.get("disableAllHooks")) ? "disableAllHooks" : null;
    }
    if (!(settings.get("hooksConfig") instanceof Map<?, ?> config)) {
      return null;
    }
    if (Boolean.FALSE.equals(config.get("enabled"))) {
      return "hooksConfig.enabled";
    }
    return config.get("disabled") instanceof List<?> names && names.contains("governor")
        ? "hooksConfig.disabled"
        : null;
  }

  /** What cannot be read says nothing: whether it is ours to complain of is said elsewhere. */
  private static Map<?, ?> read(Path file) {
    try {
      if (Files.isRegularFile(file) && Files.size(file) <= LARGEST) {
        Object read = StrictJson.parse(Files.readAllBytes(file), StrictJson.Limits.POLICY);
        return read instanceof Map<?, ?> members ? members : Map.of();
      }
    } catch (IOException | JsonProblem e) {
      return Map.of();
    }
    return Map.of();
  }
}
