package io.governor.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code governor daemon once}: only its help goes through the parser. */
@Command(
    name = "once",
    description = {
      "Answer the one payload on standard input, without a daemon and in its language.",
      "The hook script uses this where there is no curl."
    })
final class DaemonOnceCommand implements Callable<Integer> {

  private final Invocation invocation;

  @Option(names = "--enforce", description = "Refuse a call where there is no policy.")
  private boolean enforce;

  @Parameters(paramLabel = "AGENT", description = "The coding agent, such as claude-code.")
  private String agent = "";

  DaemonOnceCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    String[] args =
        enforce
            ? new String[] {"daemon", "once", "--enforce", agent}
            : new String[] {"daemon", "once", agent};
    return DaemonProcess.run(args, invocation);
  }
}
