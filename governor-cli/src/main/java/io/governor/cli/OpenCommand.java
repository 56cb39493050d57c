package io.governor.cli;

import io.governor.analysis.BaselineFilter;
import io.governor.analysis.RawView;
import io.governor.analysis.RawView.Line;
import io.governor.analysis.RawView.Mark;
import io.governor.event.EventEncoder;
import io.governor.event.TraceEvent;
import io.governor.json.JsonWriter;
import io.governor.trace.ReadReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code governor open}: a session event by event. */
@Command(name = "open", description = "Show a session event by event, and its summary.")
final class OpenCommand implements Callable<Integer>, SessionAnswer.View {

  private final Invocation invocation;

  @Mixin private final SessionAnswer answer = new SessionAnswer();

  @Option(names = "--summary", description = "Show the summary only.")
  private boolean summary;

  OpenCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() throws IOException {
    return answer.give(invocation, this);
  }

  @Override
  public List<String> lines(RecordedSession session, ReadReport report) {
    List<Line> view = RawView.of(session.events());
    List<String> lines =
        view.subList(summary ? startOfSummary(view) : 0, view.size()).stream()
            .map(this::coloured)
            .collect(Collectors.toCollection(ArrayList::new));
    if (summary) {
      folded(BaselineFilter.of(session.events()), lines);
    }
    return lines;
  }

  private static int startOfSummary(List<Line> view) {
    for (int i = 0; i < view.size(); i++) {
      if (view.get(i).mark() == Mark.RULE) {
        return i + 1;
      }
    }
    return 0;
  }

  /** What stands on nearly every event says nothing about any of them. */
  private static void folded(BaselineFilter filter, List<String> lines) {
    if (filter.baselineFilteredTotal() == 0) {
      return;
    }
    String what =
        filter.baselineFiltered().entrySet().stream()
            .map(entry -> entry.getKey() + " " + entry.getValue())
            .collect(Collectors.joining(", "));
    lines.add("");
    lines.add("On nearly every event, so of little weight: " + what);
    lines.add(
        "Apart from these: "
            + Text.count(filter.policyViolations(), "policy violation")
            + ", "
            + Text.count(filter.advisoryFlags(), "advisory flag"));
  }

  private String coloured(Line line) {
    Terminal terminal = invocation.terminal();
    return switch (line.mark()) {
      case HEADER -> terminal.heading(line.text());
      case MARKED_EVENT -> terminal.warning(line.text());
      case VIOLATION -> terminal.violation(line.text());
      case EVENT, CONSEQUENCE, FIX, RULE, PLAIN -> line.text();
    };
  }

  @Override
  public Map<String, @Nullable Object> json(RecordedSession session, ReadReport report) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("session_id", session.sessionId());
    json.put("agent_id", session.agentId());
    json.put("first_event", Times.json(session.first()));
    json.put("files", session.files().stream().map(Path::toString).toList());
    json.put("event_count", session.events().size());
    json.putAll(BaselineFilter.of(session.events()).toMap());
    if (!summary) {
      json.put("events", session.events().stream().map(OpenCommand::written).toList());
    }
    return json;
  }

  private static Json.Written written(TraceEvent event) {
    JsonWriter out = new JsonWriter(1024);
    EventEncoder.encode(event, out);
    return new Json.Written(out.toByteArray());
  }
}
