package io.governor.cli;

import io.governor.sync.SyncException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code governor sync unregister}: forgets the server, its secret and the contact. */
@Command(
    name = "unregister",
    description = "Forget the server, its secret and the contact. Sends nothing.")
final class SyncUnregisterCommand implements Callable<Integer> {

  private final Invocation invocation;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  SyncUnregisterCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    Terminal terminal = invocation.terminal();
    try {
      @Nullable String endpoint = SyncClients.of(invocation).unregister().orElse(null);
      if (json) {
        terminal.answer(Json.text(members(endpoint)) + "\n");
      } else {
        terminal.answer(lines(endpoint));
      }
      return ExitCode.DONE;
    } catch (SyncException e) {
      throw SyncCommand.failure(e);
    }
  }

  private static List<String> lines(@Nullable String endpoint) {
    return List.of(
        "Forgotten: "
            + (endpoint == null ? "the server" : endpoint)
            + ", the secret and the contact. Nothing leaves this machine any more.",
        "",
        "The installation's id and the account of what was counted stay, so that nothing is"
            + " counted",
        "twice should it be registered again. What the server has, its operator can remove.");
  }

  private static Map<String, @Nullable Object> members(@Nullable String endpoint) {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    members.put("registered", false);
    members.put("endpoint", endpoint);
    return members;
  }
}
