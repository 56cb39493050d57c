package io.governor.cli;

import io.governor.file.StateRoot;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * The command {@code governor}. {@link #run} is all of it but the process: streams, state root and
 * environment come in, the exit code comes out. Nothing escapes as an exception.
 */
@Command(
    name = "governor",
    description = {"Shows what AI agents did with their tools, and which rules fired.", ""},
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Everything lives in one directory: GOVERNOR_HOME, or .governor in your home.",
      "Nothing leaves this machine unless you register it and run a sync.",
      "Exit codes: 0 done, 1 found something, 2 wrong usage or input, 3 not registered,",
      "4 not authorized, 5 network or server, 6 local files."
    })
@SuppressWarnings("UnusedVariable") // the parser alone reads help and version
public final class GovernorCommand implements Runnable {

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "Show this help and exit.")
  private boolean help;

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Show the version and exit.")
  private boolean version;

  GovernorCommand() {}

  /** Runs the command for this process. */
  public static void main(String[] args) {
    AnswerStream answers = new AnswerStream(new FileOutputStream(FileDescriptor.out));
    PrintStream out = utf8(answers);
    PrintStream err = utf8(new FileOutputStream(FileDescriptor.err));
    Path stateRoot;
    try {
      stateRoot = StateRoot.locate();
    } catch (InvalidPathException e) {
      err.println("governor: the state root is no path: set GOVERNOR_HOME to a directory");
      System.exit(ExitCode.USAGE);
      return;
    }
    if (HookSubcommand.isMeant(args) && !"1".equals(System.getenv("GOVERNOR_DEBUG"))) {
      // A coding agent shows its user whatever a hook says; the losses are in the next event.
      System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "off");
    }
    int exitCode = run(args, System.in, out, err, stateRoot, System.getenv());
    System.exit(out.checkError() ? unwritten(answers, exitCode, err) : exitCode);
  }

  /** The same bytes whatever the locale: answers are read by programs too. */
  private static PrintStream utf8(OutputStream stream) {
    return new PrintStream(stream, false, StandardCharsets.UTF_8);
  }

  private static int unwritten(AnswerStream answers, int exitCode, PrintStream err) {
    if (answers.readerIsGone()) {
      return exitCode == ExitCode.LOCAL_IO ? ExitCode.DONE : exitCode;
    }
    if (exitCode != ExitCode.DONE) {
      return exitCode;
    }
    err.println("governor: standard output cannot be written");
    return ExitCode.LOCAL_IO;
  }

  /**
   * Runs the command.
   *
   * @param args what was typed
   * @param in standard input
   * @param out takes the answer and nothing else
   * @param err takes everything else
   * @param stateRoot where everything that was recorded lies
   * @param env the environment
   * @return the exit code
   */
  public static int run(
      String[] args,
      InputStream in,
      PrintStream out,
      PrintStream err,
      Path stateRoot,
      Map<String, String> env) {
    return run(args, in, out, err, stateRoot, env, InstantSource.system());
  }

  static int run(
      String[] args,
      InputStream in,
      PrintStream out,
      PrintStream err,
      Path stateRoot,
      Map<String, String> env,
      InstantSource clock) {
    Invocation invocation = new Invocation(new Terminal(in, out, err, env), stateRoot, env, clock);
    try {
      if (DaemonProcess.isMeant(args)) {
        return DaemonProcess.run(args, invocation);
      }
      return HookSubcommand.isMeant(args)
          ? HookSubcommand.run(args, invocation)
          : commandLine(args, invocation).execute(args);
    } catch (OutOfMemoryError e) {
      // What was held is garbage by now.
      invocation.terminal().complain(tooLarge());
      return ExitCode.LOCAL_IO;
    } finally {
      out.flush();
      err.flush();
    }
  }

  private static String tooLarge() {
    return "this takes more memory than the "
        + (Runtime.getRuntime().maxMemory() >> 20)
        + " MiB Java may use here: a session is held as a whole to be shown, list, status and sync"
        + " count need little; JAVA_TOOL_OPTIONS=-Xmx4g gives Java more";
  }

  private static CommandLine commandLine(String[] args, Invocation invocation) {
    Terminal terminal = invocation.terminal();
    CommandLine line = new CommandLine(new GovernorCommand());
    Subcommands.meant(args).forEach(name -> line.addSubcommand(Subcommands.of(name, invocation)));
    line.getCommandSpec().version("governor " + Version.governor());
    Ansi ansi = terminal.outColours() ? Ansi.ON : Ansi.OFF;
    return line.setColorScheme(CommandLine.Help.defaultColorScheme(ansi))
        .setUsageHelpWidth(Table.WIDTH)
        .setUsageHelpAutoWidth(false)
        .setExpandAtFiles(false)
        .setOut(writer(terminal.out()))
        .setErr(writer(terminal.err()))
        .setParameterExceptionHandler((e, any) -> misused(e, terminal))
        .setExecutionExceptionHandler((e, at, result) -> failed(e, invocation));
  }

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(stream, true, StandardCharsets.UTF_8);
  }

  @Override
  public void run() {
    throw CommandFailure.usage("a command is missing: governor --help lists them");
  }

  private static int misused(ParameterException misuse, Terminal terminal) {
    CommandLine command = misuse.getCommandLine();
    terminal.complain(what(misuse));
    UnmatchedArgumentException.printSuggestions(
        misuse, new PrintWriter(terminal.err(), true, StandardCharsets.UTF_8));
    terminal.note(command.getCommandSpec().qualifiedName() + " --help shows what it takes.");
    return ExitCode.USAGE;
  }

  private static String what(ParameterException misuse) {
    if (!(misuse instanceof UnmatchedArgumentException unmatched)) {
      return String.valueOf(misuse.getMessage());
    }
    String first = '"' + unmatched.getUnmatched().get(0) + '"';
    if (unmatched.isUnknownOption()) {
      return "there is no option " + first;
    }
    return misuse.getCommandLine().getSubcommands().isEmpty()
        ? "an argument too many: " + first
        : "there is no command " + first;
  }

  private static int failed(Exception failure, Invocation invocation) {
    Terminal terminal = invocation.terminal();
    if (invocation.debug()) {
      failure.printStackTrace(terminal.err());
    }
    if (failure instanceof CommandFailure known) {
      terminal.complain(known.text());
      return known.exitCode();
    }
    if (failure instanceof IOException io) {
      terminal.complain(LocalFiles.reason(io));
    } else {
      terminal.complain(
          "this is a defect of governor: "
              + failure.getClass().getSimpleName()
              + "; GOVERNOR_DEBUG=1 shows where");
    }
    return ExitCode.LOCAL_IO;
  }
}
