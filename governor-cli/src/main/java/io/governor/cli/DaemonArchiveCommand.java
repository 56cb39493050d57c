package io.governor.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code governor daemon archive}: what makes a start cheap. */
@Command(
    name = "archive",
    description = {
      "Keep the classes that answer a hook the way Java wants them, so that it starts in half the",
      "time. Made for this Java and this version; another one does without."
    })
final class DaemonArchiveCommand implements Callable<Integer> {

  private final Invocation invocation;

  DaemonArchiveCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    ClassArchive archive = new ClassArchive(invocation.stateRoot());
    if (!archive.make()) {
      throw CommandFailure.localIo("Java did not make an archive; hooks work without it");
    }
    invocation.terminal().answer("made " + archive.file() + "\n");
    return ExitCode.DONE;
  }
}
