package io.governor.cli;

import io.governor.sync.SyncException;
import io.governor.sync.UpdateCheck;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code governor sync update-check}: whether the server knows of a newer version. */
@Command(
    name = "update-check",
    description =
        "Ask whether there is a newer version. Sends the installation's id and version, nothing"
            + " else.")
final class SyncUpdateCheckCommand implements Callable<Integer> {

  private final Invocation invocation;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  SyncUpdateCheckCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    Terminal terminal = invocation.terminal();
    NoNetwork.refuse(invocation);
    try {
      UpdateCheck check =
          Progress.during(
              terminal, "asking the server", () -> SyncClients.of(invocation).checkForUpdate());
      if (json) {
        terminal.answer(Json.text(members(check)) + "\n");
      } else {
        terminal.answer(List.of(inWords(check)));
      }
      return ExitCode.DONE;
    } catch (SyncException e) {
      throw SyncCommand.failure(e);
    }
  }

  private static String inWords(UpdateCheck check) {
    String own = "governor " + Version.governor();
    if (!check.newer()) {
      return own + " is the newest version that the server knows.";
    }
    String latest = check.latest() == null ? "a newer version" : "governor " + check.latest();
    return "There is " + latest + "; this is " + own + ".";
  }

  private static Map<String, @Nullable Object> members(UpdateCheck check) {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    members.put("version", Version.governor());
    members.put("latest", check.latest());
    members.put("newer", check.newer());
    return members;
  }
}
