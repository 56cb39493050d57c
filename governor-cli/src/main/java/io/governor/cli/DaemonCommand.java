package io.governor.cli;

import picocli.CommandLine.Command;

/** {@code governor daemon}: the process that answers hooks in milliseconds. */
@Command(
    name = "daemon",
    description = {
      "The process that stays and answers hooks in milliseconds, one per state root.",
      "Hooks start it when they need it; it ends when nothing happens for a while."
    },
    synopsisSubcommandLabel = "COMMAND")
final class DaemonCommand implements Runnable {

  @Override
  public void run() {
    throw CommandFailure.usage("a command is missing: governor daemon --help lists them");
  }
}
