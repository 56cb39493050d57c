package io.governor.cli;

import io.governor.pause.PausedSession;
import io.governor.pause.PausedSessions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code governor sessions release}: the calls of a session are judged again. */
@Command(name = "release", description = "Let a paused session go on, or all of them.")
final class SessionsReleaseCommand implements Callable<Integer> {

  private final Invocation invocation;

  @Parameters(
      arity = "0..1",
      paramLabel = "SESSION",
      description = "A session's id, or its beginning.")
  private @Nullable String id;

  @Option(names = "--all", description = "Every session that is paused.")
  private boolean all;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  SessionsReleaseCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() throws IOException {
    String typed = id;
    if (all == (typed != null)) {
      throw CommandFailure.usage("expected a session's id or --all, and one of them only");
    }
    PausedSessions paused = PauseChoice.of(invocation);
    List<PausedSession> released = new ArrayList<>();
    for (PausedSession each : typed == null ? paused.list() : meant(typed, paused.list())) {
      if (paused.release(each.name()) != null) {
        released.add(each);
      }
    }
    tell(released);
    return ExitCode.DONE;
  }

  private static List<PausedSession> meant(String typed, List<PausedSession> paused) {
    PausedSession found = PauseChoice.find(PauseChoice.typed(typed), paused);
    if (found == null && PauseChoice.isShortened(typed)) {
      throw CommandFailure.usage(
          "no paused session begins with "
              + PauseChoice.typed(typed)
              + ": governor sessions list shows them");
    }
    return found == null ? List.of() : List.of(found);
  }

  private void tell(List<PausedSession> released) {
    Terminal terminal = invocation.terminal();
    if (json) {
      Map<String, @Nullable Object> json = new LinkedHashMap<>();
      json.put(
          "released", released.stream().map(each -> PauseChoice.json(each, List.of())).toList());
      terminal.answer(Json.text(json) + "\n");
    } else if (released.isEmpty()) {
      terminal.answer(id == null ? "No session is paused.\n" : "It is not paused.\n");
    } else {
      terminal.answer(
          released.stream()
              .map(
                  each ->
                      Text.line(
                          "Released: "
                              + PauseChoice.shown(each)
                              + ", paused "
                              + PauseChoice.by(each)
                              + " since "
                              + Times.toMinute(each.since())
                              + "."))
              .toList());
    }
  }
}
