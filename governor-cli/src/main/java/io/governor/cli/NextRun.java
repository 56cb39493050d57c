package io.governor.cli;

import io.governor.sync.CountReport;
import io.governor.sync.DryRun;
import io.governor.sync.Registered;
import io.governor.sync.SyncPayload;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What is said, once it is registered, of what the next run will cover.
 *
 * @param registered what came of the registration
 * @param run what the run would send now
 */
record NextRun(Registered registered, DryRun run) {

  List<String> lines(Terminal terminal) {
    List<String> lines = new ArrayList<>();
    String title =
        registered.first() ? "What the first run will cover" : "What the next run will cover";
    lines.add(terminal.heading(title));
    lines.add("");
    if (run.first() != null) {
      lines.add("First the window " + run.first().window() + " again, which waits. Then:");
      lines.add("");
    }
    SyncPayload payload = run.payload();
    if (payload != null) {
      lines.add(events(payload));
      lines.add("");
      lines.addAll(terminal.table(Counts.table(payload.countsByRule())));
    } else if (run.postponed() != null) {
      lines.add("Nothing new " + SyncRunCommand.inWords(run.postponed()) + ".");
    }
    lines.add("");
    lines.addAll(commands());
    return lines;
  }

  private String events(SyncPayload payload) {
    CountReport report = run.report();
    long counted = report.events() - report.outsideWindow();
    Instant from = registered.from();
    if (!registered.first()) {
      return Text.count(counted, "new event") + " so far, since " + payload.windowStart();
    }
    return Text.count(counted, "event")
        + " so far"
        + (from == null
            ? ", from " + payload.windowStart()
            : "; what happened before " + from + " is left out");
  }

  private static List<String> commands() {
    String command = "  " + Typed.command();
    return new Facts()
        .add(command + " sync run --dry-run", "the body, byte for byte; sends nothing")
        .add(command + " sync run", "sends it")
        .lines();
  }
}
