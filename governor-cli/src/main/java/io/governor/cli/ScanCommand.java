package io.governor.cli;

import io.governor.hooks.scan.ScanReport;
import io.governor.hooks.scan.ScannedSession;
import io.governor.hooks.scan.TranscriptScan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code governor scan}: what happened on this machine before anybody governed it. */
@Command(
    name = "scan",
    description = {
      "Look through the transcripts of Claude Code on this machine, and change nothing.",
      "Exits with 1 where something stands out."
    })
final class ScanCommand implements Callable<Integer> {

  private final Invocation invocation;

  @Option(
      names = "--since",
      paramLabel = "AGE",
      description = "Only calls of the last 7d, 12h or 30m, or since an instant; all without.")
  private @Nullable String since;

  @Option(
      names = "--transcripts",
      paramLabel = "DIR",
      description = "Where transcripts are; .claude/projects in your home without.")
  private @Nullable Path transcripts;

  @Option(names = "--all", description = "Show sessions in which nothing stands out too.")
  private boolean all;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  ScanCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() throws IOException {
    Path folder = folder();
    if (!Files.isDirectory(folder)) {
      throw CommandFailure.usage(
          folder
              + ": there is no such directory: say where transcripts are with --transcripts DIR");
    }
    Instant from = since == null ? null : instant(since);
    ScanReport report =
        Progress.during(
            invocation.terminal(), "reading transcripts", () -> TranscriptScan.below(folder, from));
    if (json) {
      invocation.terminal().answer(Json.text(json(report)) + "\n");
    } else {
      invocation.terminal().answer(lines(report));
    }
    return report.remarkable().isEmpty() ? ExitCode.DONE : ExitCode.FOUND;
  }

  private Path folder() {
    if (transcripts != null) {
      return transcripts;
    }
    String config = invocation.env().get("CLAUDE_CONFIG_DIR");
    Path claude =
        config == null || config.isBlank()
            ? HookInstallation.home(invocation).resolve(".claude")
            : Path.of(config);
    return claude.resolve("projects");
  }

  private static Instant instant(String text) {
    try {
      char unit = text.isEmpty() ? ' ' : text.charAt(text.length() - 1);
      String number = text.substring(0, Math.max(0, text.length() - 1));
      return switch (unit) {
        case 'd' -> Instant.now().minus(Duration.ofDays(Long.parseLong(number)));
        case 'h' -> Instant.now().minus(Duration.ofHours(Long.parseLong(number)));
        case 'm' -> Instant.now().minus(Duration.ofMinutes(Long.parseLong(number)));
        default -> Instant.parse(text);
      };
    } catch (DateTimeException | ArithmeticException | NumberFormatException e) {
      throw CommandFailure.usage(
          "--since: expected an age such as 7d, 12h or 30m, or an instant such as"
              + " 2026-11-01T00:00:00Z");
    }
  }

  private List<String> lines(ScanReport report) {
    List<ScannedSession> shown = all ? report.sessions() : report.remarkable();
    List<String> lines = new ArrayList<>();
    if (!shown.isEmpty()) {
      Table table =
          Table.of(
              "~SESSION",
              "LAST CALL",
              ">CALLS",
              ">OUTSIDE",
              ">DESTRUCTIVE",
              "~SECRETS",
              "~PROJECT");
      for (ScannedSession each : shown) {
        table.row(
            each.sessionId(),
            each.last() == null ? "" : Times.toMinute(each.last()),
            each.calls(),
            each.outside(),
            each.destructive(),
            inWords(each.secrets()),
            each.project() == null ? "" : each.project());
      }
      lines.addAll(invocation.terminal().table(table));
      lines.add("");
    }
    lines.add(sentence(report));
    return lines;
  }

  private static String inWords(SortedMap<String, Long> secrets) {
    return secrets.entrySet().stream()
        .map(each -> each.getKey() + " " + each.getValue())
        .collect(Collectors.joining(", "));
  }

  private static String sentence(ScanReport report) {
    long calls = report.sessions().stream().mapToLong(ScannedSession::calls).sum();
    return Text.count(calls, "call")
        + " of "
        + Text.count(report.sessions().size(), "session")
        + "; something stands out in "
        + report.remarkable().size()
        + ". "
        + Text.count(report.files(), "transcript")
        + (report.broken() == 0 ? "" : ", " + Text.count(report.broken(), "line") + " unreadable")
        + (report.unreadable() == 0
            ? ""
            : ", " + Text.count(report.unreadable(), "file") + " unreadable")
        + ".";
  }

  private static Map<String, @Nullable Object> json(ScanReport report) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("sessions", report.sessions().stream().map(ScanCommand::json).toList());
    json.put("transcripts", report.files());
    json.put("broken_lines", report.broken());
    json.put("unreadable_files", report.unreadable());
    return json;
  }

  private static Map<String, @Nullable Object> json(ScannedSession session) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("session_id", session.sessionId());
    json.put("project", session.project());
    json.put("last", Times.json(session.last()));
    json.put("calls", session.calls());
    json.put("writes_outside_project", session.outside());
    json.put("destructive_commands", session.destructive());
    json.put("secrets_in_arguments", session.secrets());
    return json;
  }
}
