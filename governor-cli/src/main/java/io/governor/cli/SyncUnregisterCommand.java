package io.governor.cli;

import io.governor.sync.SentBody;
import io.governor.sync.SyncException;
import io.governor.sync.Unregistered;
import java.util.ArrayList;
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
      Unregistered forgotten = SyncClients.of(invocation).unregister();
      if (json) {
        terminal.answer(Json.text(members(forgotten)) + "\n");
      } else {
        terminal.answer(lines(forgotten));
      }
      return ExitCode.DONE;
    } catch (SyncException e) {
      throw SyncCommand.failure(e);
    }
  }

  private static List<String> lines(Unregistered forgotten) {
    SentBody waiting = forgotten.waiting();
    List<String> lines = new ArrayList<>();
    lines.add(
        "Forgotten: "
            + (forgotten.endpoint() == null ? "the server" : forgotten.endpoint())
            + ", the secret and the contact. Nothing leaves this machine any more.");
    lines.add("");
    if (waiting != null) {
      lines.add("The window " + waiting.window() + " waits on: nobody knows whether");
      lines.add(
          "the server accepted it. Should the installation be registered again, with whichever");
      lines.add("server, the first run sends it there before anything else.");
      lines.add("");
    }
    lines.add("The installation's id and the account of what was counted stay, so that nothing is");
    lines.add("counted twice should it be registered again. What the server has, its operator can");
    lines.add("remove.");
    return lines;
  }

  private static Map<String, @Nullable Object> members(Unregistered forgotten) {
    SentBody waiting = forgotten.waiting();
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    members.put("registered", false);
    members.put("endpoint", forgotten.endpoint());
    members.put("waiting", waiting == null ? null : SyncHistoryCommand.members(waiting));
    return members;
  }
}
