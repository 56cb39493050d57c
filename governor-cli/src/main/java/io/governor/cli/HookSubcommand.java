package io.governor.cli;

import io.governor.hooks.HookCommand;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code governor hook}: what coding agents call around each tool call. Only its help goes through
 * the parser; {@link #run} is the quick way, and the tolerant one: its exit code is the agent's
 * language, in which 2 refuses a tool call, so wrong usage must not have that code.
 */
@Command(
    name = "hook",
    description = {
      "Judge and record what a coding agent does: its hooks call this, with a payload on standard"
          + " input.",
      "Answers in the agent's own language, and with nothing where nothing is to be said. Exits"
          + " with 0 unless a call is refused that way."
    })
final class HookSubcommand implements Runnable {

  private static final String NAME = "hook";
  private static final String POLICY = "--policy";

  @Parameters(paramLabel = "AGENT", description = "The coding agent, such as claude-code or codex.")
  private String agent = "";

  @Option(
      names = POLICY,
      paramLabel = "FILE",
      description = "The policy that decides; the state root's policy.yaml unless given.")
  private String policy = "";

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
    try {
      return new HookCommand(policy(args, terminal))
          .run(
              args[1],
              terminal.in(),
              terminal.out(),
              terminal.err(),
              invocation.stateRoot(),
              invocation.env());
    } catch (CommandFailure e) {
      terminal.complain("hook: " + e.text() + ", so this tool call is not recorded");
    }
    return ExitCode.DONE;
  }

  private static @Nullable Path policy(String[] args, Terminal terminal) {
    boolean named = args.length > 3 && args[2].equals(POLICY);
    if (args.length > (named ? 4 : 2)) {
      terminal.complain("hook: what follows " + args[named ? 3 : 1] + " is not looked at");
    }
    return named ? Path.of(args[3]) : null;
  }

  @Override
  public void run() {
    throw new IllegalStateException(
        "hooks are run before the command line is parsed: " + agent + policy);
  }
}
