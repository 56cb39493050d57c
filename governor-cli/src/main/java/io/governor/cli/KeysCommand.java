package io.governor.cli;

import picocli.CommandLine.Command;

/** {@code governor keys}: the keys that traces are encrypted with. */
@Command(
    name = "keys",
    description = "Show the keys that traces are encrypted with, and make a new one.",
    synopsisSubcommandLabel = "COMMAND")
final class KeysCommand implements Runnable {

  @Override
  public void run() {
    throw CommandFailure.usage("a command is missing: governor keys --help lists them");
  }
}
