package io.governor.cli;

import io.governor.analysis.Pulse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code governor pulse}: a session at a glance, and what its model turns cost. */
@Command(
    name = "pulse",
    description = "Show a session at a glance: rules, intent, and the tokens they went with.")
final class PulseCommand implements Callable<Integer> {

  private final Invocation invocation;

  @Mixin private final SessionChoice choice = new SessionChoice();

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  PulseCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() throws IOException {
    Terminal terminal = invocation.terminal();
    SessionChoice.Chosen chosen = choice.read(invocation);
    Traces.tell(terminal, chosen.report());
    if (json) {
      terminal.answer(Json.text(chosen.json(session -> json(session, chosen))) + "\n");
    } else if (chosen.sessions().isEmpty()) {
      terminal.answer(Traces.nothingYet(invocation));
    } else {
      terminal.answer(text(chosen));
    }
    return ExitCode.DONE;
  }

  private List<String> text(SessionChoice.Chosen chosen) {
    List<String> lines = new ArrayList<>();
    for (RecordedSession session : chosen.sessions()) {
      if (!lines.isEmpty()) {
        lines.add("");
      }
      lines.addAll(new PulseReport(invocation.terminal(), session, pulse(session, chosen)).lines());
    }
    return lines;
  }

  private static Map<String, @Nullable Object> json(
      RecordedSession session, SessionChoice.Chosen chosen) {
    return new LinkedHashMap<>(pulse(session, chosen).toMap());
  }

  private static Pulse pulse(RecordedSession session, SessionChoice.Chosen chosen) {
    return Pulse.of(session.events(), chosen.report().malformed());
  }
}
