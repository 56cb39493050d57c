package io.governor.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code governor approvals allow}: a person's answer to a call that waits. */
@Command(name = "allow", description = "Let a call that waits run, once.")
final class ApprovalsAllowCommand implements Callable<Integer> {

  private final Invocation invocation;

  @Parameters(paramLabel = "ID", description = "At least 8 digits of the id in the list.")
  private String id = "";

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  ApprovalsAllowCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() throws IOException {
    Approvals.tell(
        Approvals.take(invocation, pending -> pending.allow(id)), json, invocation.terminal());
    return ExitCode.DONE;
  }
}
