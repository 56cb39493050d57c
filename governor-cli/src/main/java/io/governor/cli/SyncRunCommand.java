package io.governor.cli;

import io.governor.sync.DryRun;
import io.governor.sync.RunOptions;
import io.governor.sync.RunReport;
import io.governor.sync.SentBody;
import io.governor.sync.SyncException;
import io.governor.sync.TimeWindow;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code governor sync run}: sends what is new. With {@code --dry-run} the body that it would send,
 * byte for byte, and nothing else on standard output; that needs no registration.
 */
@Command(
    name = "run",
    description = {
      "Send how often each rule fired since the last run.",
      "With --dry-run: print the body that would be sent, byte for byte, and send nothing."
    })
final class SyncRunCommand implements Callable<Integer> {

  private final Invocation invocation;

  @Option(names = "--dry-run", description = "Print what would be sent, and send nothing.")
  private boolean dryRun;

  @Mixin private final WindowOption window = new WindowOption();
  @Mixin private final BlurOptions blur = new BlurOptions();

  @Option(
      names = "--json",
      description = "Print JSON; with --dry-run the answer is the body, which is JSON anyway.")
  private boolean json;

  SyncRunCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    try {
      RunOptions options =
          blur.over(SyncClients.options(invocation)).within(window.read(invocation.terminal()));
      return dryRun ? show(options) : send(options);
    } catch (SyncException e) {
      throw SyncCommand.failure(e);
    }
  }

  private int show(RunOptions options) throws SyncException {
    Terminal terminal = invocation.terminal();
    DryRun result = dryRun(invocation, options);
    Traces.tellPlaces(terminal, result.report());
    remarks(result).forEach(terminal::note);
    terminal.answer(new String(result.body(), StandardCharsets.US_ASCII));
    terminal.endLine();
    return ExitCode.DONE;
  }

  private static List<String> remarks(DryRun result) {
    List<String> remarks = new ArrayList<>();
    SentBody first = result.first();
    if (first != null) {
      remarks.add(
          "a run would first send the window "
              + first.window()
              + " again, which waits: sync status shows it");
    }
    if (!result.overlapping().isEmpty()) {
      remarks.add(
          "a run would refuse this window, because of it was sent: "
              + String.join(
                  ", ", result.overlapping().stream().map(TimeWindow::toString).toList()));
    }
    return remarks;
  }

  private int send(RunOptions options) throws SyncException {
    Terminal terminal = invocation.terminal();
    NoNetwork.refuse(invocation);
    RunReport report =
        Progress.counting(
            terminal,
            "counting and sending",
            progress -> SyncClients.of(invocation).run(options.reportingTo(progress)));
    if (report.report() != null) {
      Traces.tellPlaces(terminal, report.report());
    }
    if (json) {
      terminal.answer(Json.text(members(report)) + "\n");
    } else {
      terminal.answer(lines(report));
    }
    return ExitCode.DONE;
  }

  private List<String> lines(RunReport report) {
    List<String> lines = new ArrayList<>();
    for (SentBody sent : report.sent()) {
      lines.add(invocation.terminal().heading("Sent, and accepted: " + sent.window()));
      lines.add(sent.body());
    }
    if (report.nothingBefore() != null) {
      lines.add("Nothing new is sent before " + report.nothingBefore() + ".");
    }
    report.losses().forEach(loss -> lines.add("Lost: " + SyncHistoryCommand.inWords(loss)));
    return lines;
  }

  private static Map<String, @Nullable Object> members(RunReport report) {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    members.put("sent", report.sent().stream().map(SyncHistoryCommand::members).toList());
    members.put("events", report.report() == null ? 0 : report.report().events());
    members.put("losses", report.losses().stream().map(SyncHistoryCommand::members).toList());
    members.put("nothing_before", Times.json(report.nothingBefore()));
    return members;
  }

  /** What a run would send. */
  static DryRun dryRun(Invocation invocation, RunOptions options) throws SyncException {
    return Progress.counting(
        invocation.terminal(),
        "counting",
        progress -> SyncClients.of(invocation).dryRun(options.reportingTo(progress)));
  }
}
