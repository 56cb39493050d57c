package io.governor.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code governor daemon run}: only its help goes through the parser. */
@Command(
    name = "run",
    description = {
      "Answer hooks until asked to stop, or idle for too long.",
      "Where one of this version runs already, this one ends at once; another version is replaced."
    })
final class DaemonRunCommand implements Callable<Integer> {

  private final Invocation invocation;

  DaemonRunCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    return DaemonProcess.run(new String[] {"daemon", "run"}, invocation);
  }
}
