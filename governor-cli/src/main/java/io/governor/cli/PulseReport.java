package io.governor.cli;

import io.governor.analysis.AnalysisStatus;
import io.governor.analysis.BurnRate;
import io.governor.analysis.Counters;
import io.governor.analysis.Pulse;
import io.governor.analysis.UndeclaredIntent;
import io.governor.event.AdvisoryFlag;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What {@code pulse} says of one session. */
final class PulseReport {

  private final Terminal terminal;
  private final RecordedSession session;
  private final Pulse pulse;
  private final List<String> lines = new ArrayList<>();

  PulseReport(Terminal terminal, RecordedSession session, Pulse pulse) {
    this.terminal = terminal;
    this.session = session;
    this.pulse = pulse;
  }

  List<String> lines() {
    Facts facts = new Facts();
    facts.add("Session", orUnknown(session.sessionId()));
    facts.add("Agent", orUnknown(session.agentId()));
    facts.add(
        "Events",
        pulse.totalEvents()
            + " in "
            + pulse.durationSeconds()
            + " s, "
            + Text.count(pulse.totalTurns(), "model turn"));
    facts.add("Pulse", pulse.status().wireName() + ": " + meaning(pulse.status()));
    if (bypassed() > 0) {
      facts.add("Bypassed", Text.count(bypassed(), "refused call") + " ran all the same");
    }
    lines.addAll(facts.lines());
    burnRate(pulse.burnRate());
    undeclared(pulse.undeclaredIntent());
    toolCalls(pulse.undeclaredIntent().toolCalls());
    flags();
    return lines;
  }

  private long bypassed() {
    return session.events().stream()
        .filter(event -> event.flags().contains(AdvisoryFlag.ENFORCEMENT_BYPASSED))
        .count();
  }

  private static String orUnknown(String name) {
    return name.isEmpty() ? "unknown" : name;
  }

  private static String meaning(Pulse.Status status) {
    return switch (status) {
      case OK -> "the figures are complete";
      case LIMITED -> "only part of the figures can be given";
      case NO_SIGNAL -> "no tokens are on record, so there are no figures";
      case PARTIAL -> "something could not be attributed, see below";
    };
  }

  private void section(String title, AnalysisStatus status) {
    lines.add("");
    lines.add(terminal.heading(title) + "  (" + status.wireName() + ")");
  }

  private void burnRate(BurnRate burn) {
    section("Tokens where rules fired", burn.status());
    lines.add(
        share(
            burn.violationAssociatedTokens(),
            burn.totalTokens(),
            burn.violationAssociatedPercent(),
            burn.violationFiringTurns()));
    Table table = Table.of("RULE", ">TURNS", ">TOKENS", "~WHAT TO DO");
    burn.byRule()
        .forEach(
            row ->
                table.row(
                    row.rule().id(), row.turnCount(), row.tokenCost(), row.rule().description()));
    if (!table.isEmpty()) {
      lines.add("");
      lines.addAll(terminal.table(table));
    }
    burn.notes().forEach(note -> lines.addAll(Paragraph.of("  Note", note)));
    counters(burn.counters(), "violations that belong to no turn");
  }

  private void undeclared(UndeclaredIntent intent) {
    section("Tokens without declared intent", intent.status());
    lines.add(
        share(
            intent.undeclaredTokens(),
            intent.totalTokens(),
            intent.undeclaredPercent(),
            intent.undeclaredTurns().size()));
    lines.add(
        intent.sessionHasDeclaredIntent()
            ? "  The session declared an intent."
            : "  The session declared no intent.");
    Table table = Table.of("~TURN", ">TOKENS", "~BECAUSE", "~TOOLS");
    intent
        .undeclaredTurns()
        .forEach(
            turn ->
                table.row(
                    turn.turnId(),
                    turn.tokens(),
                    String.join(", ", turn.reasons()),
                    String.join(", ", turn.toolIds())));
    if (!table.isEmpty()) {
      lines.add("");
      lines.addAll(terminal.table(table));
    }
    counters(intent.counters(), "undeclared calls that belong to no turn");
  }

  private static String share(long part, long whole, double percent, long turns) {
    return String.format(
        Locale.ROOT,
        "  %d of %d (%.1f %%), in %s.",
        part,
        whole,
        percent,
        Text.count(turns, "turn"));
  }

  private void counters(Counters counters, String unpaired) {
    Facts facts = new Facts();
    add(facts, unpaired, counters.unpaired());
    add(facts, "usage without a turn", counters.untokenedPairs());
    add(facts, "turns with contradicting usage", counters.dedupeConflicts());
    add(facts, "malformed lines", counters.malformedEvents());
    add(facts, "unknown rules", counters.unknownRules());
    add(facts, "own rules, not part of the figures", counters.ownRules());
    lines.addAll(facts.lines());
  }

  private static void add(Facts facts, String name, long count) {
    if (count > 0) {
      facts.add("  " + name, count);
    }
  }

  private void toolCalls(UndeclaredIntent.ToolCalls calls) {
    lines.add("");
    lines.add(terminal.heading("Tool calls") + "  " + calls.total() + operations(calls));
    Table table = Table.of("~TOOL", ">CALLS");
    calls.byTool().forEach(table::row);
    if (!table.isEmpty()) {
      lines.addAll(terminal.table(table));
    }
  }

  private static String operations(UndeclaredIntent.ToolCalls calls) {
    String operations =
        calls.byOperation().entrySet().stream()
            .filter(entry -> entry.getValue() > 0)
            .map(entry -> entry.getValue() + " " + entry.getKey())
            .collect(Collectors.joining(", "));
    return operations.isEmpty() ? "" : ": " + operations;
  }

  private void flags() {
    Table table = Table.of("FLAG", ">EVENTS");
    pulse.flags().entrySet().stream()
        .filter(entry -> entry.getValue() > 0)
        .map(entry -> Map.entry(entry.getKey().name(), entry.getValue()))
        .forEach(entry -> table.row(entry.getKey(), entry.getValue()));
    if (!table.isEmpty()) {
      lines.add("");
      lines.addAll(terminal.table(table));
    }
  }
}
