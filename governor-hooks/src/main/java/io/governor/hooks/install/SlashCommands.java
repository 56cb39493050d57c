package io.governor.hooks.install;

import java.nio.file.Path;
import java.util.List;

/**
 * Slash commands for Claude Code that show what Governor has recorded
 * (https://code.claude.com/docs/en/slash-commands). Stateless.
 */
final class SlashCommands {

  private SlashCommands() {}

  static List<Part> below(Path folder, Machine machine, String mode) {
    return List.of(
        part(
            folder,
            machine,
            mode,
            "status",
            "What Governor has recorded, which rules fired, and what was lost",
            "Say in a few sentences what is in force, which rules fired, and whether anything was lost"
                + " or got past a refusal."),
        part(
            folder,
            machine,
            mode,
            "pulse",
            "How this session is doing: turns, tokens, tool calls, rules",
            "Say in a few sentences how the latest session is doing and what stands out."));
  }

  private static Part part(
      Path folder, Machine machine, String mode, String name, String description, String task) {
    Path command = machine.script().resolveSibling("governor");
    String shown = HookCommandLine.quoted(command, machine.home());
    String home =
        machine.stateRootToSay() == null
            ? ""
            : "GOVERNOR_HOME=" + HookCommandLine.quoted(machine.stateRoot(), machine.home()) + " ";
    String text =
        "---\ndescription: "
            + description
            + "\nallowed-tools: Bash(*governor*"
            + name
            + ")\n---\n\n<!-- "
            + WholePart.MARK
            + " claude-code; --remove takes it away. -->\n\n!`"
            + home
            + shown
            + " "
            + name
            + "`\n\n"
            + task
            + "\n";
    return new WholePart(folder.resolve("governor-" + name + ".md"), text, mode);
  }
}
