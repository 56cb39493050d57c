package io.governor.cli;

import io.governor.sync.CountedRange;
import io.governor.sync.SentBody;
import io.governor.sync.SentWindow;
import io.governor.sync.SyncException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code governor sync history}: every body ever sent, byte for byte, and what it stood for. */
@Command(
    name = "history",
    description = "Show every body ever sent, byte for byte, and what it stood for.")
final class SyncHistoryCommand implements Callable<Integer> {

  private static final int TOLD = 10;

  private final Invocation invocation;

  @Option(names = "--json", description = "Print JSON: a list with an object for each window.")
  private boolean json;

  SyncHistoryCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() {
    Terminal terminal = invocation.terminal();
    try {
      List<SentWindow> history = SyncClients.of(invocation).history();
      if (json) {
        terminal.answer(
            Json.text(history.stream().map(SyncHistoryCommand::members).toList()) + "\n");
      } else {
        terminal.answer(history.isEmpty() ? List.of("Nothing was ever sent.") : lines(history));
      }
      return ExitCode.DONE;
    } catch (SyncException e) {
      throw SyncCommand.failure(e);
    }
  }

  private List<String> lines(List<SentWindow> history) {
    List<String> lines = new ArrayList<>();
    for (SentWindow window : history) {
      if (!lines.isEmpty()) {
        lines.add("");
      }
      lines.addAll(lines(window));
    }
    return lines;
  }

  private List<String> lines(SentWindow window) {
    SentBody sent = window.sent();
    List<String> lines = new ArrayList<>();
    lines.add(
        invocation.terminal().heading(sent.number() + "  " + sent.window())
            + (sent.asked() ? ", asked for" : "")
            + ", "
            + acceptedInWords(sent));
    lines.add(sent.body());
    window.ranges().stream()
        .limit(TOLD)
        .forEach(range -> lines.add("  counted  " + inWords(range)));
    if (window.ranges().size() > TOLD) {
      int more = window.ranges().size() - TOLD;
      lines.add("  counted  " + Text.count(more, "more part") + " of files: --json has all");
    }
    Losses.inWords(window.losses()).forEach(loss -> lines.add("  lost     " + loss));
    if (!window.withheld().isEmpty()) {
      lines.add("  withheld until later: " + withheldInWords(window));
    }
    if (window.noisy()) {
      lines.add("  with noise: the counts are not exact");
    }
    return lines.stream().map(Text::line).toList();
  }

  private static String acceptedInWords(SentBody sent) {
    String times = sent.attempts() == 1 ? "" : " at attempt " + sent.attempts();
    return sent.accepted() == null
        ? "not known to be accepted; the next run sends it again"
        : "accepted " + Times.toSecond(sent.accepted()) + times;
  }

  private static String inWords(CountedRange range) {
    return range.file() + ", bytes " + range.from() + " to " + range.to();
  }

  private static String withheldInWords(SentWindow window) {
    List<String> parts = new ArrayList<>();
    window.withheld().forEach((rule, count) -> parts.add(rule + " " + count));
    return String.join(", ", parts);
  }

  private static Map<String, @Nullable Object> members(SentWindow window) {
    Map<String, @Nullable Object> members = new LinkedHashMap<>(members(window.sent()));
    members.put("ranges", window.ranges().stream().map(SyncHistoryCommand::members).toList());
    members.put("losses", Losses.members(window.losses()));
    Map<String, Long> withheld = new LinkedHashMap<>();
    window.withheld().forEach((rule, count) -> withheld.put(rule.value(), count));
    members.put("withheld", withheld);
    members.put("noisy", window.noisy());
    return members;
  }

  /** A body, as every command that knows one tells it. */
  static Map<String, @Nullable Object> members(SentBody sent) {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    members.put("number", sent.number());
    members.put("window_start", sent.window().start().toString());
    members.put("window_end", sent.window().end().toString());
    members.put("asked", sent.asked());
    members.put("made", Times.json(sent.made()));
    members.put("attempts", sent.attempts());
    members.put("accepted", Times.json(sent.accepted()));
    members.put("sha256", sent.sha256());
    members.put("body", sent.body());
    return members;
  }

  private static Map<String, Object> members(CountedRange range) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("file", range.file());
    members.put("from", range.from());
    members.put("to", range.to());
    return members;
  }
}
