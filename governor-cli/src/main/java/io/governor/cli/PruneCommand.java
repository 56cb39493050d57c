package io.governor.cli;

import io.governor.config.ConfigException;
import io.governor.trace.PruneReport;
import io.governor.trace.TraceConfig;
import io.governor.trace.TraceRetention;
import io.governor.trace.TraceUse;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code governor prune}: removes the traces that were kept as long as asked. */
@Command(
    name = "prune",
    description = {
      "Remove traces that were kept as long as config.yaml asks: 30 days after their last event"
          + " unless it says otherwise.",
      "Never one that is in use or not counted yet. Unless it says traces: {prune: manual}, that"
          + " happens once a day without being asked for."
    })
final class PruneCommand implements Callable<Integer> {

  private static final int MOST_AT_ONCE = 256;
  private static final int MOST_SHOWN = 20;

  private final Invocation invocation;

  @Option(names = "--dry-run", description = "Say what would be removed, and change nothing.")
  private boolean dryRun;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  PruneCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() throws IOException {
    Traces.refuseFile(invocation);
    TraceUse use = SyncClients.of(invocation).traceUse();
    TraceRetention retention = TraceRetention.of(invocation.stateRoot(), config(), use);
    Instant now = invocation.clock().instant();
    List<PruneReport> steps = new ArrayList<>();
    if (dryRun) {
      steps.add(retention.dryRun(now));
    } else {
      Progress.during(
          invocation.terminal(),
          "removing old traces",
          () -> {
            do {
              steps.add(retention.prune(now, MOST_AT_ONCE));
            } while (steps.get(steps.size() - 1).more());
            return steps;
          });
    }
    return answer(steps);
  }

  private TraceConfig config() throws IOException {
    try {
      return TraceConfig.read(invocation.stateRoot());
    } catch (ConfigException e) {
      throw CommandFailure.usage(String.valueOf(e.getMessage()));
    }
  }

  private int answer(List<PruneReport> steps) {
    Terminal terminal = invocation.terminal();
    PruneReport last = steps.get(steps.size() - 1);
    List<PruneReport.Removed> removed =
        steps.stream().flatMap(step -> step.removed().stream()).toList();
    List<String> problems = steps.stream().flatMap(step -> step.problems().stream()).toList();
    if (json) {
      terminal.answer(Json.text(json(removed, last, problems)) + "\n");
    } else {
      terminal.answer(lines(removed, last));
    }
    problems.forEach(terminal::complain);
    return problems.isEmpty() ? ExitCode.DONE : ExitCode.LOCAL_IO;
  }

  private List<String> lines(List<PruneReport.Removed> removed, PruneReport last) {
    List<String> lines = new ArrayList<>();
    if (!removed.isEmpty()) {
      Table table = Table.of("LAST EVENT", ">BYTES", "WHY", "~FILE");
      removed.stream()
          .limit(MOST_SHOWN)
          .forEach(
              each ->
                  table.row(Times.toMinute(each.last()), each.bytes(), word(each), each.file()));
      lines.addAll(invocation.terminal().table(table));
      int more = removed.size() - MOST_SHOWN;
      if (more > 0) {
        lines.add("and " + Text.count(more, "file") + " more: --json lists all of them.");
      }
      lines.add("");
    }
    lines.add(summary(removed, last));
    return lines;
  }

  private String summary(List<PruneReport.Removed> removed, PruneReport last) {
    long bytes = removed.stream().mapToLong(PruneReport.Removed::bytes).sum();
    return Text.count(removed.size(), "file")
        + " of "
        + Text.count(bytes, "byte")
        + (dryRun ? " would be removed" : " removed")
        + (last.live() > 0 ? ", " + last.live() + " kept that is in use" : "")
        + (last.needed() > 0 ? ", " + last.needed() + " kept that is not counted yet" : "")
        + "; "
        + Text.count(last.files(), "file")
        + " of "
        + Text.count(last.bytes(), "byte")
        + (dryRun ? " would be left." : " left.");
  }

  private static String word(PruneReport.Removed removed) {
    return removed.reason().name().toLowerCase(Locale.ROOT);
  }

  private Map<String, @Nullable Object> json(
      List<PruneReport.Removed> removed, PruneReport last, List<String> problems) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("state_root", invocation.stateRoot().toString());
    json.put("dry_run", dryRun);
    json.put("removed", removed.stream().map(PruneCommand::json).toList());
    json.put("kept_in_use", last.live());
    json.put("kept_uncounted", last.needed());
    json.put("files_left", last.files());
    json.put("bytes_left", last.bytes());
    json.put("problems", problems);
    return json;
  }

  private static Map<String, @Nullable Object> json(PruneReport.Removed removed) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("file", removed.file());
    json.put("bytes", removed.bytes());
    json.put("last_event", Times.json(removed.last()));
    json.put("reason", word(removed));
    return json;
  }
}
