package io.governor.cli;

import io.governor.pause.PausedSession;
import io.governor.pause.PausedSessions;
import io.governor.trace.SessionSummary;
import io.governor.trace.TraceCatalog;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code governor sessions pause}: from now on every call of a session is refused. */
@Command(
    name = "pause",
    description = {
      "Refuse every call of a session until it is released.",
      "What runs already is not stopped. A session that is not recorded yet is paused too."
    })
final class SessionsPauseCommand implements Callable<Integer> {

  private final Invocation invocation;

  @Parameters(paramLabel = "SESSION", description = "A session's id, or its beginning.")
  private String id = "";

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  SessionsPauseCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() throws IOException {
    String typed = PauseChoice.typed(id);
    List<SessionSummary> recorded = recorded(typed, Traces.catalog(invocation));
    if (recorded.isEmpty() && PauseChoice.isShortened(id)) {
      throw CommandFailure.usage(
          "no session begins with " + typed + ": governor list shows the sessions");
    }
    String sessionId = recorded.isEmpty() ? typed : recorded.get(0).sessionId();
    PausedSessions paused = PauseChoice.of(invocation);
    boolean before = paused.find(PausedSessions.name(sessionId)) != null;
    PausedSession session =
        paused.pause(
            sessionId, PausedSession.OPERATOR, Instant.now().truncatedTo(ChronoUnit.MILLIS), null);
    if (recorded.isEmpty()) {
      invocation
          .terminal()
          .note("No such session is recorded; one of exactly this id is refused from its start.");
    }
    tell(session, recorded, before);
    return ExitCode.DONE;
  }

  /** By id or, for ids that nobody can type, by what sessions list shows instead. */
  private static List<SessionSummary> recorded(String typed, TraceCatalog catalog) {
    List<SessionSummary> found = SessionChoice.find(typed, catalog);
    return found.isEmpty()
        ? Traces.all(catalog).stream()
            .filter(each -> PausedSessions.name(each.sessionId()).equals(typed))
            .toList()
        : found;
  }

  private void tell(PausedSession session, List<SessionSummary> recorded, boolean before) {
    String shown = PauseChoice.shown(session);
    if (json) {
      invocation.terminal().answer(Json.text(PauseChoice.json(session, recorded)) + "\n");
    } else if (before) {
      invocation
          .terminal()
          .answer("Paused already, " + PauseChoice.by(session) + ": " + Text.line(shown) + ".\n");
    } else {
      invocation
          .terminal()
          .answer(
              List.of(
                  "Paused: " + Text.line(shown) + ". Its calls are refused from now on.",
                  Typed.command()
                      + " sessions release "
                      + PauseChoice.argument(session)
                      + " lets them go on."));
    }
  }
}
