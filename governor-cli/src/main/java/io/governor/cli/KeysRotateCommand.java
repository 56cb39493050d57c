package io.governor.cli;

import io.governor.crypt.KeyFile;
import io.governor.crypt.MasterKey;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code governor keys rotate}: a new key for what is written from now on. */
@Command(
    name = "rotate",
    description =
        "Make a new key the current one. The others stay, and open what was written with them.")
final class KeysRotateCommand implements Callable<Integer> {

  private final Invocation invocation;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  KeysRotateCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() throws IOException {
    KeyFile file = KeyFile.in(invocation.stateRoot());
    MasterKey key = file.rotate();
    Terminal terminal = invocation.terminal();
    if (json) {
      terminal.answer(Json.text(Map.of("current", key.id())) + "\n");
    } else {
      terminal.answer(
          List.of(
              "The current key is " + key.id() + ". Sessions take it when they are opened next.",
              "Keep a copy of " + file + ": without it the traces cannot be read."));
    }
    return ExitCode.DONE;
  }
}
