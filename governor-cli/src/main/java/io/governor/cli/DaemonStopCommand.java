package io.governor.cli;

import io.governor.hooks.daemon.DaemonClient;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code governor daemon stop}: asks it to end, and waits until it has. */
@Command(name = "stop", description = "Stop the daemon; the next hook starts it again.")
final class DaemonStopCommand implements Callable<Integer> {

  private static final Duration STOPS_WITHIN = Duration.ofSeconds(10);

  private final Invocation invocation;

  DaemonStopCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() throws IOException {
    DaemonClient client = DaemonClient.of(invocation.stateRoot());
    switch (client.end(STOPS_WITHIN)) {
      case NONE -> invocation.terminal().answer("no daemon is running\n");
      case STOPPED -> invocation.terminal().answer("the daemon has stopped\n");
      case STAYS -> throw CommandFailure.localIo("the daemon does not stop: kill it");
    }
    return ExitCode.DONE;
  }
}
