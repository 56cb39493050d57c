package io.governor.cli;

import io.governor.sync.DryRun;
import io.governor.trace.SessionSummary;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** What the demo says after the sample has run. */
final class DemoReport {

  private static final String VIOLATION = "\"policy_violations\": [\"";
  private static final String CALL = "\"event_type\": \"SCOPE_ASSERTED\"";

  private final Terminal terminal;
  private final List<SessionSummary> recorded;
  private final DryRun dryRun;

  /** The session in which most fired: it shows most. */
  private final SessionSummary shown;

  DemoReport(Terminal terminal, List<SessionSummary> recorded, DryRun dryRun) {
    this.terminal = terminal;
    this.recorded = recorded;
    this.dryRun = dryRun;
    this.shown = recorded.stream().max(Comparator.comparing(DemoReport::fired)).orElseThrow();
  }

  private static long fired(SessionSummary session) {
    return session.violations().values().stream().mapToLong(Long::longValue).sum();
  }

  List<String> lines() throws IOException {
    List<String> lines = new ArrayList<>();
    section(lines, "Rules that fired in this run");
    lines.addAll(rules());
    section(lines, "On disk, and nowhere else");
    trace(lines);
    section(lines, "What a sync would send, byte for byte; nothing was sent");
    lines.add(sent());
    section(lines, "Try next");
    next(lines);
    return lines;
  }

  private String sent() {
    byte[] body = dryRun.body();
    return body == null
        ? "Nothing: there is no window yet."
        : new String(body, StandardCharsets.US_ASCII);
  }

  private void section(List<String> lines, String title) {
    lines.add("");
    lines.add(terminal.heading(title));
    lines.add("");
  }

  private List<String> rules() {
    SortedMap<String, Long> fired = new TreeMap<>();
    recorded.forEach(
        session -> session.violations().forEach((rule, n) -> fired.merge(rule, n, Long::sum)));
    if (fired.isEmpty()) {
      return List.of("None.");
    }
    Explanations explanations = Explanations.load();
    Table table = Table.of("RULE", ">FIRED", "~WHAT IT SAYS");
    fired.forEach(
        (rule, n) ->
            table.row(rule, n, explanations.find(rule).map(Explanation::title).orElse("")));
    return terminal.table(table);
  }

  private void trace(List<String> lines) throws IOException {
    Path file = shown.files().get(0);
    lines.add(Text.line(file.toString()));
    lines.add("");
    lines.add("One line of it:");
    lines.add(Text.line(interesting(file)));
  }

  /** A tool call on which a rule fired, else any event on which one did, else the first. */
  private static String interesting(Path file) throws IOException {
    String first = "";
    String violating = "";
    try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.US_ASCII)) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        first = first.isEmpty() ? line : first;
        if (line.contains(VIOLATION)) {
          if (line.contains(CALL)) {
            return line;
          }
          violating = violating.isEmpty() ? line : violating;
        }
      }
    }
    return violating.isEmpty() ? first : violating;
  }

  private void next(List<String> lines) {
    String command = "  " + Typed.command();
    Facts next = new Facts();
    next.add(command + " open " + shortId(), "the session, event by event");
    next.add(command + " explain " + shortId(), "why each rule fired in it");
    next.add(command + " explain POL-001", "what a rule means");
    next.add(command + " pulse " + shortId(), "what the model's turns cost where rules fired");
    next.add(command + " list", "all sessions");
    next.add(command + " sync run --dry-run", "what would be sent, again");
    lines.addAll(next.lines());
  }

  private String shortId() {
    String id = shown.sessionId();
    return id.substring(0, Math.min(8, id.length()));
  }
}
