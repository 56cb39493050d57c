package io.governor.cli;

import io.governor.trace.VerifyFinding;
import io.governor.trace.VerifyFinding.Kind;
import io.governor.trace.VerifyReport;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What {@code governor verify} says. Immutable. */
final class VerifyAnswer {

  private static final int MOST_SHOWN = 50;
  private static final int MARGIN = 12;

  private final VerifyReport report;
  private final Invocation invocation;

  VerifyAnswer(VerifyReport report, Invocation invocation) {
    this.report = report;
    this.invocation = invocation;
  }

  /** The findings, each with what to do, and what it comes to. */
  List<String> lines(boolean wholeRoot) {
    List<String> lines = new ArrayList<>();
    if (report.files() == 0 && report.pruned() == 0 && report.findings().isEmpty()) {
      lines.add(
          wholeRoot
              ? "Nothing is recorded yet below "
                  + Text.line(invocation.stateRoot().toString())
                  + "."
              : "There is no trace there.");
      return lines;
    }
    lines.add(summary());
    report.findings().stream().limit(MOST_SHOWN).forEach(finding -> add(finding, lines));
    int more = report.findings().size() - MOST_SHOWN;
    if (more > 0) {
      lines.add("");
      lines.add(Text.count(more, "more finding") + ": --json prints all of them.");
    }
    return lines;
  }

  private String summary() {
    List<String> parts = new ArrayList<>();
    boolean all = report.intact() == report.files() && report.findings().isEmpty();
    if (all) {
      parts.add("intact");
    } else {
      part(report.intact(), "intact", parts);
    }
    part(report.notChained(), "not chained", parts);
    for (Kind kind : Kind.values()) {
      part(report.count(kind), word(kind), parts);
    }
    part(report.pruned(), "pruned since the export", parts);
    return Text.count(report.files(), "file")
        + ", "
        + Text.count(report.lines(), "line")
        + ": "
        + String.join(", ", parts)
        + ".";
  }

  private static void part(long count, String word, List<String> parts) {
    if (count > 0) {
      parts.add(count + " " + word);
    }
  }

  private void add(VerifyFinding finding, List<String> lines) {
    lines.add("");
    String place = finding.file() + (finding.line() > 0 ? ":" + finding.line() : "");
    List<String> first = Paragraph.of(title(finding.kind()), place, MARGIN);
    boolean grave = finding.kind() == Kind.TAMPERED || finding.kind() == Kind.DELETED;
    Terminal terminal = invocation.terminal();
    first.forEach(line -> lines.add(grave ? terminal.violation(line) : terminal.warning(line)));
    lines.addAll(Paragraph.of("Why", finding.reason(), MARGIN));
    if (finding.expected() != null) {
      lines.addAll(Paragraph.of("Expected", finding.expected(), MARGIN));
    }
    if (finding.found() != null) {
      lines.addAll(Paragraph.of("Found", finding.found(), MARGIN));
    }
    lines.addAll(Paragraph.of("To do", toDo(finding.kind()), MARGIN));
  }

  private static String title(Kind kind) {
    return kind == Kind.NO_TRACE ? "NO TRACE" : kind.name();
  }

  private static String toDo(Kind kind) {
    return switch (kind) {
      case TAMPERED ->
          "Rely on nothing from there on. Keep the file as it is, compare it with a backup, and"
              + " find out who can write here.";
      case DELETED ->
          "Bring it back from a backup, or find out who removed it: removing for age leaves a"
              + " record.";
      case UNREADABLE -> "Look at the name, and run this as somebody who may read it.";
      case MISSING ->
          "After a power cut this is what is left, and what is left is intact. Otherwise somebody"
              + " cut the file: compare it with a backup.";
      case NO_TRACE -> "Move it elsewhere if it is none.";
      case DAMAGED -> "Nothing: a process was killed while it wrote, and the rest is intact.";
    };
  }

  private static String word(Kind kind) {
    return switch (kind) {
      case MISSING -> "with lines missing";
      case NO_TRACE -> "no trace";
      default -> kind.name().toLowerCase(Locale.ROOT);
    };
  }

  /** Says on standard error what is wrong. */
  void complain() {
    report.findings().stream()
        .limit(MOST_SHOWN)
        .forEach(
            finding ->
                invocation
                    .terminal()
                    .complain(
                        finding.file()
                            + (finding.line() > 0 ? ":" + finding.line() : "")
                            + ": "
                            + word(finding.kind())
                            + ": "
                            + finding.reason()));
  }

  Map<String, @Nullable Object> json(boolean compared) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("state_root", invocation.stateRoot().toString());
    json.put("verdict", verdict());
    json.put("files", report.files());
    json.put("lines", report.lines());
    json.put("intact", report.intact());
    json.put("not_chained", report.notChained());
    for (Kind kind : Kind.values()) {
      json.put(key(kind), report.count(kind));
    }
    if (compared) {
      json.put("pruned_since_export", report.pruned());
    }
    json.put("findings", report.findings().stream().map(VerifyAnswer::json).toList());
    return json;
  }

  private String verdict() {
    if (report.findings().isEmpty()) {
      return "intact";
    }
    if (report.count(Kind.TAMPERED) + report.count(Kind.DELETED) > 0) {
      return "tampered";
    }
    return report.count(Kind.UNREADABLE) > 0 ? "unreadable" : "damaged";
  }

  private static Map<String, @Nullable Object> json(VerifyFinding finding) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("kind", key(finding.kind()));
    json.put("file", finding.file());
    json.put("line", finding.line() == 0 ? null : finding.line());
    json.put("reason", finding.reason());
    json.put("expected", finding.expected());
    json.put("found", finding.found());
    return json;
  }

  private static String key(Kind kind) {
    return switch (kind) {
      case MISSING -> "missing_tail";
      case NO_TRACE -> "no_trace";
      default -> kind.name().toLowerCase(Locale.ROOT);
    };
  }
}
