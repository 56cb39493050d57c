package io.governor.cli;

import io.governor.cli.report.HtmlReport;
import io.governor.cli.report.Prices;
import io.governor.cli.report.Report;
import io.governor.cli.report.ReportBuilder;
import io.governor.cli.report.ReportBuilder.SessionKey;
import io.governor.sync.SyncException;
import io.governor.sync.TimeWindow;
import io.governor.trace.ReadReport;
import io.governor.trace.SessionSummary;
import io.governor.trace.TraceCatalog;
import io.governor.trace.TraceReader;
import io.governor.trace.TraceSource;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code governor report}: what agents did, as a page that needs nothing but itself. */
@Command(
    name = "report",
    description = "Write what agents did as one HTML page: sessions, rules, tools, tokens.")
final class ReportCommand implements Callable<Integer> {

  /** The events of so many sessions are shown, the newest. */
  private static final int DETAILED = 100;

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
    Explanations explanations = Explanations.load();
    String page =
        HtmlReport.of(report, id -> explanations.find(id).map(Explanation::title).orElse(""));
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
    Set<SessionKey> detailed =
        chosen.sessions().stream()
            .map(each -> new SessionKey(surface(each.files()), each.sessionId()))
            .limit(DETAILED)
            .collect(Collectors.toSet());
    ReportBuilder builder = new ReportBuilder(detailed, table);
    chosen
        .sessions()
        .forEach(each -> each.events().forEach(event -> builder.add(surface(each.files()), event)));
    return builder.report(
        chosen.sessions().size() == 1 ? "One session" : "The sessions of one file",
        Instant.now(),
        Traces.unread(chosen.report()));
  }

  private Report ofWindow(@Nullable Prices table) {
    TimeWindow asked = window();
    TraceCatalog catalog = Traces.catalog(invocation);
    List<SessionSummary> inside =
        Traces.all(catalog).stream().filter(each -> touches(each, asked)).toList();
    Set<SessionKey> detailed =
        inside.stream()
            .limit(DETAILED)
            .map(each -> new SessionKey(each.surface(), each.sessionId()))
            .collect(Collectors.toSet());
    ReportBuilder builder = new ReportBuilder(detailed, table);
    ReadReport read =
        Progress.during(invocation.terminal(), "reading traces", () -> add(inside, asked, builder));
    Traces.tell(invocation.terminal(), catalog.report());
    return builder.report(
        asked == null ? "All traces" : "From " + asked.start() + " to just before " + asked.end(),
        Instant.now(),
        Math.max(Traces.unread(read), Traces.unread(catalog.report())));
  }

  private @Nullable TimeWindow window() {
    try {
      return window.read(invocation.terminal());
    } catch (SyncException e) {
      throw SyncCommand.failure(e);
    }
  }

  private static boolean touches(SessionSummary session, @Nullable TimeWindow asked) {
    if (asked == null) {
      return true;
    }
    Instant first = session.first();
    Instant last = session.last();
    return first != null
        && last != null
        && first.isBefore(asked.end())
        && !last.isBefore(asked.start());
  }

  private static ReadReport add(
      List<SessionSummary> sessions, @Nullable TimeWindow asked, ReportBuilder builder) {
    Map<Path, Set<String>> idsByFile = new HashMap<>();
    Set<Path> files = new LinkedHashSet<>();
    for (SessionSummary each : sessions) {
      files.addAll(each.files());
      each.files()
          .forEach(
              file ->
                  idsByFile
                      .computeIfAbsent(file, any -> new LinkedHashSet<>())
                      .add(each.sessionId()));
    }
    ReadReport report = ReadReport.EMPTY;
    for (Path file : files) {
      report = report.plus(add(file, idsByFile.getOrDefault(file, Set.of()), asked, builder));
    }
    return report;
  }

  private static ReadReport add(
      Path file, Set<String> sessions, @Nullable TimeWindow asked, ReportBuilder builder) {
    String surface = surface(List.of(file));
    try {
      return TraceReader.read(
          TraceSource.of(file),
          (event, at) -> {
            Instant time = event.timestamp();
            if (sessions.contains(event.sessionId())
                && (asked == null || (time != null && asked.contains(time)))) {
              builder.add(surface, event);
            }
            return true;
          });
    } catch (IOException e) {
      throw CommandFailure.localIo(LocalFiles.reason(e));
    }
  }

  private static String surface(List<Path> files) {
    Path folder = files.isEmpty() ? null : files.get(0).toAbsolutePath().normalize().getParent();
    Path name = folder == null ? null : folder.getFileName();
    return name == null ? "" : name.toString();
  }
}
