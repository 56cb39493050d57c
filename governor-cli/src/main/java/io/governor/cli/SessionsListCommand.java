package io.governor.cli;

import io.governor.pause.PausedSession;
import io.governor.trace.SessionSummary;
import io.governor.trace.TraceCatalog;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code governor sessions list}: what is paused, since when, and by whom. */
@Command(name = "list", description = "List the paused sessions, the longest paused first.")
final class SessionsListCommand implements Callable<Integer> {

  private final Invocation invocation;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  SessionsListCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() throws IOException {
    Terminal terminal = invocation.terminal();
    List<PausedSession> paused = PauseChoice.of(invocation).list();
    TraceCatalog catalog = paused.isEmpty() ? null : Traces.catalog(invocation);
    if (json) {
      terminal.answer(Json.text(json(paused, catalog)) + "\n");
    } else if (catalog == null) {
      terminal.answer("No session is paused.\n");
    } else {
      terminal.answer(terminal.table(table(paused, catalog)));
    }
    return ExitCode.DONE;
  }

  private static Table table(List<PausedSession> paused, TraceCatalog catalog) {
    Table table = Table.of("SESSION", "SINCE", "BY", "~SURFACE", "~AGENT");
    for (PausedSession session : paused) {
      List<SessionSummary> recorded = PauseChoice.recorded(session, catalog);
      table.row(
          PauseChoice.shown(session),
          Times.toMinute(session.since()),
          session.by(),
          recorded.isEmpty()
              ? "-"
              : String.join(
                  " ", recorded.stream().map(SessionSummary::surface).distinct().toList()),
          recorded.isEmpty() ? "-" : recorded.get(0).agentId());
    }
    return table;
  }

  private Map<String, @Nullable Object> json(
      List<PausedSession> paused, @Nullable TraceCatalog catalog) {
    List<Map<String, @Nullable Object>> sessions = new ArrayList<>();
    for (PausedSession session : paused) {
      sessions.add(
          PauseChoice.json(
              session, catalog == null ? List.of() : PauseChoice.recorded(session, catalog)));
    }
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("state_root", invocation.stateRoot().toString());
    json.put("sessions", sessions);
    return json;
  }
}
