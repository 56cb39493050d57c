package io.governor.cli;

import picocli.CommandLine.Command;

/** {@code governor policy}: the rules an operator writes. */
@Command(
    name = "policy",
    description = "Write, check, try and explain policies, which hold the rules of your own.",
    synopsisSubcommandLabel = "COMMAND")
final class PolicyCommand implements Runnable {

  @Override
  public void run() {
    throw CommandFailure.usage("a command is missing: governor policy --help lists them");
  }
}
