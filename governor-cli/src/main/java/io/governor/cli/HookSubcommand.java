package io.governor.cli;

import io.governor.hooks.HookCommand;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/**
 * {@code governor hook}: what coding agents call around each tool call. Only its help goes through
 * the parser; {@link #run} is the quick way, and the tolerant one: its exit code is the agent's
 * language, in which 2 refuses a tool call, so wrong usage must not have that code.
 */
@Command(
    name = "hook",
    description = {
      "Record what a coding agent does: its hooks call this, with a payload on standard input.",
      "Exits with 0 whatever happens: the agent goes on."
    })
final class HookSubcommand implements Runnable {

  private static final String NAME = "hook";

  @Parameters(paramLabel = "AGENT", description = "The coding agent: claude-code.")
  private String agent = "";

  static boolean isMeant(String[] args) {
    return args.length > 0
        && args[0].equals(NAME)
        && !List.of(args).contains("--help")
        && !List.of(args).contains("-h");
  }

  static int run(String[] args, Invocation invocation) {
    Terminal terminal = invocation.terminal();
    String expected = "expected one of " + String.join(", ", HookCommand.agents());
    if (args.length < 2 || !HookCommand.agents().contains(args[1])) {
      terminal.complain("hook: the coding agent is missing or unknown: " + expected);
      return ExitCode.DONE;
    }
    if (args.length > 2) {
      terminal.complain("hook: what follows " + args[1] + " is not looked at");
    }
    try {
      new HookCommand()
          .run(args[1], terminal.in(), terminal.err(), invocation.stateRoot(), invocation.env());
    } catch (CommandFailure e) {
      terminal.complain("hook: " + e.text() + ", so this tool call is not recorded");
    }
    return ExitCode.DONE;
  }

  @Override
  public void run() {
    throw new IllegalStateException("hooks are run before the command line is parsed: " + agent);
  }
}
