package io.governor.cli;

import picocli.CommandLine.Command;

/** {@code governor approvals}: the calls that wait for a person. */
@Command(
    name = "approvals",
    description = "Show the calls that wait for your approval, and answer.",
    synopsisSubcommandLabel = "COMMAND")
final class ApprovalsCommand implements Runnable {

  @Override
  public void run() {
    throw CommandFailure.usage("a command is missing: governor approvals --help lists them");
  }
}
