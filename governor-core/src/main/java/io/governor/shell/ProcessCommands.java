package io.governor.shell;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The paragraph "Processes" of the execution record, section 8.3, and the commands that are always
 * unknown.
 */
final class ProcessCommands {
  private static final Outcome EXECUTE = Outcome.of(Effects.of("process", "execute N"));

  private ProcessCommands() {}

  static Map<String, KnownCommand> commands() {
    Map<String, KnownCommand> commands = new HashMap<>();
    for (String tool : List.of("java", "make", "pytest", "tox")) {
      commands.put(tool, arguments -> EXECUTE);
    }
    commands.put("python", arguments -> interpreter(arguments, "-c"));
    commands.put("node", arguments -> interpreter(arguments, "-e"));
    commands.put("ruby", arguments -> interpreter(arguments, "-c", "-e"));
    commands.put("perl", arguments -> interpreter(arguments, "-c", "-e"));
    for (String shell : List.of("sh", "bash", "zsh", "eval", "xargs", "source", ".")) {
      commands.put(shell, arguments -> Outcome.UNKNOWN);
    }
    commands.put("docker", ProcessCommands::container);
    commands.put("podman", ProcessCommands::container);
    return commands;
  }

  /**
   * An interpreter runs a program from a file; a program from its arguments or a heredoc could be
   * anything. Here-strings are not heredocs to the format.
   */
  private static Outcome interpreter(Arguments arguments, String... programOptions) {
    boolean programGiven =
        arguments.has(programOptions) || arguments.hasWord("-") || arguments.heredoc();
    return programGiven ? Outcome.UNKNOWN : EXECUTE;
  }

  /**
   * The sub-command is the first word, unless that is an option. No sub-command stands in a table.
   */
  private static Outcome container(Arguments arguments) {
    List<String> first = arguments.namesBeforeOptions().stream().limit(1).toList();
    return new Outcome(first, word -> false, Effects.ONLY_UNKNOWN);
  }
}
