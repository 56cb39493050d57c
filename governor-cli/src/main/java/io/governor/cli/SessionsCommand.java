package io.governor.cli;

import picocli.CommandLine.Command;

/** {@code governor sessions}: the sessions that are paused. */
@Command(
    name = "sessions",
    description = "Pause sessions, show which are paused, and release them.",
    synopsisSubcommandLabel = "COMMAND")
final class SessionsCommand implements Runnable {

  @Override
  public void run() {
    throw CommandFailure.usage("a command is missing: governor sessions --help lists them");
  }
}
