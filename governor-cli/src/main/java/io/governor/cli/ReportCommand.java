package io.governor.cli;

import io.governor.cli.report.HtmlReport;
import io.governor.cli.report.Prices;
import io.governor.cli.report.Report;
import io.governor.cli.report.ReportBuilder;
import io.governor.sync.SyncException;
import io.governor.sync.TimeWindow;
import io.governor.trace.ReadReport;
import io.governor.trace.TraceFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code governor report}: what agents did, as a page that needs nothing but itself. */
@Command(
    name = "report",
    description = "Write what agents did as one HTML page: sessions, rules, tools, tokens.")
final class ReportCommand implements Callable<Integer> {

  private final Invocation invocation;

  @Option(
      names = "--session",
      paramLabel = "ID",
      description = "One session only: the beginning of its id, or a trace file.")
  private @Nullable String session;

  @Mixin private final WindowOption window = new WindowOption();

  @Option(
      names = "--html",
      required = true,
      paramLabel = "FILE",
      description = "Where the page goes; - for standard output.")
  private String html = "";

  @Option(
      names = "--prices",
      paramLabel = "FILE",
      description = "What a million tokens cost by model, in YAML; without it no costs are shown.")
  private @Nullable Path prices;

  @Option(names = "--json", description = "Print what was written as JSON.")
  private boolean json;

  ReportCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() throws IOException {
    ReportFile file = ReportFile.of(html);
    if (json && file.isStandardOutput()) {
      throw CommandFailure.usage("--json needs a FILE: the page itself goes to standard output");
    }
    Prices table = prices == null ? null : PriceFile.read(prices);
    Report report = session == null ? ofWindow(table) : ofSession(session, table);
    String page = HtmlReport.of(report, RuleTitles.load(invocation.stateRoot())::of);
    file.write(invocation.terminal(), page);
    if (!file.isStandardOutput()) {
      answer(report);
    }
    return ExitCode.DONE;
  }

  private void answer(Report report) {
    Terminal terminal = invocation.terminal();
    if (json) {
      Map<String, Object> answer = new LinkedHashMap<>();
      answer.put("html", html);
      answer.put("sessions", report.totals().sessions());
      answer.put("events", report.totals().events());
      answer.put("unread", report.unreadLines());
      terminal.answer(Json.text(answer) + "\n");
    } else {
      terminal.answer(
          List.of(
              "Wrote "
                  + Text.line(html)
                  + ": "
                  + Text.count(report.totals().sessions(), "session")
                  + ", "
                  + Text.count(report.totals().events(), "event")
                  + "."));
    }
  }

  private Report ofSession(String name, @Nullable Prices table) throws IOException {
    if (window.isGiven()) {
      throw CommandFailure.usage("--session and --window exclude each other: give one of them");
    }
    SessionChoice.Chosen chosen = SessionChoice.named(name, invocation);
    Traces.tell(invocation.terminal(), chosen.report());
    ReportBuilder builder = new ReportBuilder(table);
    for (RecordedSession each : chosen.sessions()) {
      String surface = TraceFiles.surface(each.files().get(0));
      each.events().forEach(event -> builder.add(surface, event));
    }
    return builder.report(
        chosen.sessions().size() == 1 ? "One session" : "The sessions of one file",
        Instant.now(),
        Traces.unread(chosen.report()));
  }

  private Report ofWindow(@Nullable Prices table) {
    TimeWindow asked = window();
    ReportBuilder builder = new ReportBuilder(table);
    ReadReport read =
        Traces.read(
            invocation,
            asked,
            (event, at) -> {
              if (!event.sessionId().isEmpty() && isInside(event.timestamp(), asked)) {
                builder.add(at.surface(), event);
              }
              return true;
            });
    Traces.tell(invocation.terminal(), read);
    return builder.report(
        asked == null ? "All traces" : "From " + asked.start() + " to just before " + asked.end(),
        Instant.now(),
        Traces.unread(read));
  }

  private static boolean isInside(@Nullable Instant time, @Nullable TimeWindow asked) {
    return asked == null || (time != null && asked.contains(time));
  }

  private @Nullable TimeWindow window() {
    try {
      return window.read(invocation.terminal());
    } catch (SyncException e) {
      throw SyncCommand.failure(e);
    }
  }
}
