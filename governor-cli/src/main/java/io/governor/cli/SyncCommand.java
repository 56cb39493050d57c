package io.governor.cli;

import io.governor.sync.SyncException;
import picocli.CommandLine.Command;

/** {@code governor sync}: the counts, and sending them. */
@Command(
    name = "sync",
    description = "Count how often each rule fired; show and send the counts.",
    synopsisSubcommandLabel = "COMMAND")
final class SyncCommand implements Runnable {

  @Override
  public void run() {
    throw CommandFailure.usage("a command is missing: governor sync --help lists them");
  }

  /** The failure as the command tells it. */
  static CommandFailure failure(SyncException e) {
    String message = String.valueOf(e.getMessage());
    return switch (e.kind()) {
      case INPUT -> CommandFailure.usage(message);
      case LOCAL_FILES -> CommandFailure.localIo(message);
      case NOT_REGISTERED -> CommandFailure.notRegistered(message);
      case AUTHORIZATION -> CommandFailure.authorization(message);
      case NETWORK -> CommandFailure.network(message);
    };
  }
}
