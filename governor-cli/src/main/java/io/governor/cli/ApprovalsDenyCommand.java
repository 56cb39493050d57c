package io.governor.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code governor approvals deny}: a person's answer to a call that waits. */
@Command(name = "deny", description = "Keep a call that waits from running.")
final class ApprovalsDenyCommand implements Callable<Integer> {

  private final Invocation invocation;

  @Parameters(paramLabel = "ID", description = "At least 8 digits of the id in the list.")
  private String id = "";

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  ApprovalsDenyCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() throws IOException {
    Approvals.tell(
        Approvals.take(invocation, pending -> pending.deny(id)), json, invocation.terminal());
    return ExitCode.DONE;
  }
}
