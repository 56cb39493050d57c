package io.governor.cli;

import picocli.CommandLine.Command;

/** {@code governor config}: what holds besides rules. */
@Command(
    name = "config",
    description = "Show the configuration.",
    synopsisSubcommandLabel = "COMMAND")
final class ConfigCommand implements Runnable {

  @Override
  public void run() {
    throw CommandFailure.usage("a command is missing: governor config --help lists them");
  }
}
