package io.governor.cli;

import picocli.CommandLine.Command;

/** {@code governor profile}: the file that tunes the standard rules. */
@Command(
    name = "profile",
    description = "Write, show and check profiles, which tune the standard rules.",
    synopsisSubcommandLabel = "COMMAND")
final class ProfileCommand implements Runnable {

  @Override
  public void run() {
    throw CommandFailure.usage("a command is missing: governor profile --help lists them");
  }
}
