package io.governor.cli;

import io.governor.trace.ReadReport;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What the commands about single sessions have in common: which ones, and in which form. */
final class SessionAnswer {

  @Mixin private final SessionChoice choice = new SessionChoice();

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  /** How a command shows one session. */
  interface View {
    List<String> lines(RecordedSession session, ReadReport report);

    Map<String, @Nullable Object> json(RecordedSession session, ReadReport report);
  }

  int give(Invocation invocation, View view) throws IOException {
    Terminal terminal = invocation.terminal();
    SessionChoice.Chosen chosen = choice.read(invocation);
    ReadReport report = chosen.report();
    Traces.tell(terminal, report);
    if (json) {
      terminal.answer(Json.text(chosen.json(session -> view.json(session, report))) + "\n");
    } else if (chosen.sessions().isEmpty()) {
      terminal.answer(Traces.nothingYet(invocation));
    } else {
      terminal.answer(text(chosen, view));
    }
    return ExitCode.DONE;
  }

  private static List<String> text(SessionChoice.Chosen chosen, View view) {
    List<String> lines = new ArrayList<>();
    for (RecordedSession session : chosen.sessions()) {
      if (!lines.isEmpty()) {
        lines.add("");
      }
      lines.addAll(view.lines(session, chosen.report()));
    }
    return lines;
  }
}
