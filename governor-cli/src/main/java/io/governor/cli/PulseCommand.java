package io.governor.cli;

import io.governor.analysis.Pulse;
import io.governor.trace.ReadReport;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code governor pulse}: a session at a glance, and what its model turns cost. */
@Command(
    name = "pulse",
    description = "Show a session at a glance: rules, intent, and the tokens they went with.")
final class PulseCommand implements Callable<Integer>, SessionAnswer.View {

  private final Invocation invocation;

  @Mixin private final SessionAnswer answer = new SessionAnswer();

  PulseCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() throws IOException {
    return answer.give(invocation, this);
  }

  @Override
  public List<String> lines(RecordedSession session, ReadReport report) {
    return new PulseReport(invocation.terminal(), session, pulse(session, report)).lines();
  }

  @Override
  public Map<String, @Nullable Object> json(RecordedSession session, ReadReport report) {
    return new LinkedHashMap<>(pulse(session, report).toMap());
  }

  private static Pulse pulse(RecordedSession session, ReadReport report) {
    return Pulse.of(session.events(), report.malformed());
  }
}
