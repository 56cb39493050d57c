package io.governor.cli;

import io.governor.sync.DryRun;
import io.governor.sync.Postponed;
import io.governor.sync.Postponed.Reason;
import io.governor.sync.RunOptions;
import io.governor.sync.RunReport;
import io.governor.sync.SentBody;
import io.governor.sync.SyncException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
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
    if (window.isGiven() && blur.aligns()) {
      throw CommandFailure.usage(
          "--window and --align do not go together, for a window that is asked for is taken as it"
              + " is: leave one of them out");
    }
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
    DryRunRemarks.of(result).forEach(terminal::note);
    String body = body(result);
    if (body != null) {
      terminal.answer(body);
      terminal.endLine();
    }
    return exitCode(result.postponed());
  }

  /** What a run would send last; before that it may send a window that waits. */
  private static @Nullable String body(DryRun result) {
    SentBody first = result.first();
    if (result.payload() != null) {
      return new String(result.payload().toJson(), StandardCharsets.US_ASCII);
    }
    return first == null ? null : first.body();
  }

  /** What was asked for was not sent; or there was nothing to send. */
  private static int exitCode(@Nullable Postponed postponed) {
    return postponed != null && postponed.reason() == Reason.BUDGET_USED_UP
        ? ExitCode.FOUND
        : ExitCode.DONE;
  }

  private int send(RunOptions options) throws SyncException {
    Terminal terminal = invocation.terminal();
    NoNetwork.refuse(invocation);
    RunReport report =
        Progress.counting(
            terminal,
            "counting and sending",
            progress -> SyncClients.of(invocation).run(options.reportingTo(progress)));
    Traces.tellPlaces(terminal, report.report());
    if (json) {
      terminal.answer(Json.text(members(report)) + "\n");
    } else {
      terminal.answer(lines(report));
    }
    return exitCode(report.postponed());
  }

  private List<String> lines(RunReport report) {
    List<String> lines = new ArrayList<>();
    for (SentBody sent : report.sent()) {
      lines.add(invocation.terminal().heading("Sent, and accepted: " + sent.window()));
      lines.add(sent.body());
    }
    if (report.postponed() != null) {
      lines.add("Nothing new is sent " + inWords(report.postponed()) + ".");
    }
    Losses.inWords(report.losses()).forEach(loss -> lines.add(Text.line("Lost: " + loss)));
    return lines;
  }

  /** Until when there is nothing new, and why. */
  static String inWords(Postponed postponed) {
    return "before "
        + postponed.until()
        + switch (postponed.reason()) {
          case NOT_DUE -> ", when the next window is due";
          case BUDGET_USED_UP ->
              ": until then the day's budget of differential privacy is used up; nothing is lost,"
                  + " and what is new is counted then";
        };
  }

  private static Map<String, @Nullable Object> members(RunReport report) {
    Postponed postponed = report.postponed();
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    members.put("sent", report.sent().stream().map(SyncHistoryCommand::members).toList());
    members.put("events", report.report().events());
    members.put("losses", Losses.members(report.losses()));
    members.put("nothing_before", postponed == null ? null : Times.json(postponed.until()));
    members.put(
        "reason", postponed == null ? null : postponed.reason().name().toLowerCase(Locale.ROOT));
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
