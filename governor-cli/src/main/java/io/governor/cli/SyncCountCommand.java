package io.governor.cli;

import io.governor.sync.CountReport;
import io.governor.sync.GroupedCounts;
import io.governor.sync.Grouping;
import io.governor.sync.RuleCounts;
import io.governor.sync.SyncConfig;
import io.governor.sync.SyncException;
import io.governor.sync.TimeWindow;
import io.governor.sync.TraceCounter;
import io.governor.trace.TraceIndex;
import io.governor.trace.TraceSource;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code governor sync count}: how often each rule fired, from any traces. */
@Command(
    name = "count",
    description = "Count how often each published rule fired. Sends nothing, changes nothing.")
final class SyncCountCommand implements Callable<Integer> {

  private static final String STDIN = "-";
  private static final String READ = "Events read";

  private final Invocation invocation;

  @Parameters(
      arity = "0..*",
      paramLabel = "PATH",
      description =
          "Trace files, directories with *.jsonl files below them, or - for standard input;"
              + " the traces below the state root and sync.log_sources otherwise.")
  private List<String> paths = new ArrayList<>();

  @Mixin private final WindowOption window = new WindowOption();

  @Option(
      names = "--by",
      paramLabel = "GROUP",
      description = "Take the counts apart by day, hour, session or surface.")
  private @Nullable String by;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  SyncCountCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    Terminal terminal = invocation.terminal();
    try {
      TimeWindow asked = window.read(terminal);
      SyncConfig config = config();
      TraceCounter counter = TraceCounter.of(config.published());
      TraceCounter limited =
          asked == null
              ? counter
              : counter.within(asked).knowing(TraceIndex.of(invocation.stateRoot()));
      GroupedCounts counts =
          Progress.counting(
              terminal,
              "counting",
              progress -> counted(limited.reportingTo(progress), sources(config)));
      CountReport report = counts.report();
      Traces.tellPlaces(terminal, report);
      boolean nothingRead = report.events() == 0 && Traces.unread(report) > 0;
      if (json) {
        terminal.answer(Json.text(json(counts, asked)) + "\n");
      } else if (!nothingRead) {
        terminal.answer(lines(counts, asked));
      }
      if (nothingRead) {
        throw CommandFailure.usage("nothing was counted: no line could be read as an event");
      }
      return ExitCode.DONE;
    } catch (SyncException e) {
      throw SyncCommand.failure(e);
    }
  }

  /** What the configuration says of sources matters where none is named. */
  private SyncConfig config() throws SyncException {
    return paths.isEmpty()
        ? SyncClients.config(invocation)
        : SyncConfig.read(invocation.stateRoot());
  }

  private List<TraceSource> sources(SyncConfig config) {
    if (paths.isEmpty()) {
      return config.sources(invocation.stateRoot());
    }
    return paths.stream().map(this::source).toList();
  }

  private TraceSource source(String path) {
    if (path.equals(STDIN)) {
      return TraceSource.of("stdin", invocation.terminal().in());
    }
    try {
      return TraceSource.of(Path.of(path));
    } catch (InvalidPathException e) {
      throw CommandFailure.usage("not a path on this system: " + path);
    }
  }

  private GroupedCounts counted(TraceCounter counter, List<TraceSource> sources)
      throws SyncException {
    return by == null
        ? new GroupedCounts(counter.count(sources), new TreeMap<>(), RuleCounts.NONE)
        : counter.countBy(grouping(by), sources);
  }

  private static Grouping grouping(String text) {
    return switch (text) {
      case "day" -> Grouping.DAY;
      case "hour" -> Grouping.HOUR;
      case "session" -> Grouping.SESSION;
      case "surface" -> Grouping.SURFACE;
      default -> throw CommandFailure.usage("--by: expected day, hour, session or surface");
    };
  }

  private List<String> lines(GroupedCounts counts, @Nullable TimeWindow asked) {
    CountReport report = counts.report();
    List<String> lines = new ArrayList<>();
    for (Table table : tables(counts)) {
      lines.addAll(invocation.terminal().table(table));
      lines.add("");
    }
    remarks(report, asked).forEach((remark, count) -> lines.add(remark + ": " + count));
    return lines;
  }

  private List<Table> tables(GroupedCounts counts) {
    return by == null
        ? List.of(Counts.table(counts.report().counts()))
        : new GroupTables(by.toUpperCase(Locale.ROOT), counts)
            .within(invocation.terminal().width());
  }

  private static Map<String, Long> remarks(CountReport report, @Nullable TimeWindow asked) {
    Map<String, Long> remarks = new LinkedHashMap<>();
    remarks.put(READ, report.events());
    remarks.put("Outside the window", report.outsideWindow());
    if (asked != null) {
      remarks.put("Without a time, so in no window", report.withoutTime());
    }
    remarks.put("Copies of events with violations, counted once", report.duplicates());
    remarks.put("Events with violations but no event id, each counted", report.unidentified());
    remarks.put("Occurrences of other rules, not counted", report.unpublished());
    remarks.put("Malformed lines, skipped", report.malformed());
    remarks.put("Torn last lines, skipped", report.torn());
    remarks.put("Files that cannot be read, skipped", report.unreadable());
    remarks.entrySet().removeIf(each -> each.getValue() == 0 && !each.getKey().equals(READ));
    return remarks;
  }

  private Map<String, @Nullable Object> json(GroupedCounts counts, @Nullable TimeWindow asked) {
    CountReport report = counts.report();
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("counts_by_rule", Counts.json(report.counts()));
    if (by != null) {
      json.put("by", by);
      json.put("groups", Counts.json(counts));
      json.put("beyond", Counts.json(counts.beyond()));
    }
    json.put("window_start", asked == null ? null : asked.start().toString());
    json.put("window_end", asked == null ? null : asked.end().toString());
    json.put("earliest_event", Times.json(report.earliest()));
    json.put("latest_event", Times.json(report.latest()));
    json.put("events", report.events());
    json.put("outside_window", report.outsideWindow());
    json.put("without_time", report.withoutTime());
    json.put("duplicates", report.duplicates());
    json.put("unidentified", report.unidentified());
    json.put("other_rules", report.unpublished());
    json.put("malformed_lines", report.malformed());
    json.put("torn_lines", report.torn());
    json.put("unreadable_files", report.unreadable());
    json.put("problems", report.problems());
    return json;
  }
}
