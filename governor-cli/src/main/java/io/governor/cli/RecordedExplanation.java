package io.governor.cli;

import io.governor.event.EventPayload.IntentDeclared;
import io.governor.event.EventPayload.ScopeAsserted;
import io.governor.event.GovernorMember.Asked;
import io.governor.event.TraceEvent;
import io.governor.trace.ReadReport;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Why rules and flags fired on one event, or on each event of a session that has any. */
final class RecordedExplanation {

  /**
   * One event with what it was compared with.
   *
   * @param where the file and line, or null when many events are explained
   */
  private record Explained(
      TraceEvent event,
      @Nullable String where,
      SessionReplay.Before before,
      List<Finding> findings) {}

  private final List<Explained> explained;
  private final boolean whole;
  private final ReadReport report;

  private RecordedExplanation(List<Explained> explained, boolean whole, ReadReport report) {
    this.explained = explained;
    this.whole = whole;
    this.report = report;
  }

  static RecordedExplanation ofEvent(EventSearch.Found found, Findings findings) {
    SessionReplay.Before before = SessionReplay.at(found.events(), found.index());
    return new RecordedExplanation(
        List.of(
            new Explained(
                found.event(), found.at().toString(), before, findings.of(found.event(), before))),
        false,
        found.report());
  }

  static RecordedExplanation ofSession(SessionChoice.Chosen chosen, Findings findings) {
    List<Explained> explained = new ArrayList<>();
    for (RecordedSession session : chosen.sessions()) {
      SessionReplay replay = new SessionReplay();
      for (TraceEvent event : session.events()) {
        SessionReplay.Before before = replay.before(event);
        List<Finding> found = findings.of(event, before);
        if (!found.isEmpty()) {
          explained.add(new Explained(event, null, before, found));
        }
        replay.pass(event);
      }
    }
    return new RecordedExplanation(explained, true, chosen.report());
  }

  /** Without the flags that only say again what the rule beside them says. */
  private static List<Finding> telling(List<Finding> findings) {
    List<Finding> telling = new ArrayList<>();
    for (Finding finding : findings) {
      if (telling.stream().noneMatch(told -> told.why().contains(finding.why()))) {
        telling.add(finding);
      }
    }
    return telling;
  }

  ReadReport report() {
    return report;
  }

  List<String> lines(Terminal terminal) {
    if (explained.isEmpty()) {
      return List.of("No rule and no flag fired in this session.");
    }
    List<String> lines = new ArrayList<>();
    for (Explained each : explained) {
      if (!lines.isEmpty()) {
        lines.add("");
      }
      lines.addAll(lines(each, terminal));
    }
    return lines;
  }

  private List<String> lines(Explained each, Terminal terminal) {
    TraceEvent event = each.event();
    String number = event.sequence() == 0 ? "?" : String.valueOf(event.sequence());
    List<String> lines = new ArrayList<>();
    lines.add(
        terminal.heading(
            "Event "
                + number
                + (whole ? " (" + shortId(event) + "), " : ", ")
                + Text.line(event.type().name())
                + ", "
                + Times.toSecond(event.timestamp())));
    if (!whole) {
      lines.addAll(context(each));
    }
    if (each.findings().isEmpty()) {
      lines.addAll(Paragraph.of("", "No rule and no flag fired on it."));
    }
    for (Finding finding : whole ? telling(each.findings()) : each.findings()) {
      lines.add("");
      lines.add("  " + Text.line((finding.id() + "  " + finding.title()).strip()));
      lines.addAll(Paragraph.of("  Why", finding.why()));
      if (!finding.remedy().isEmpty() && !whole) {
        lines.addAll(Paragraph.of("  Remedy", finding.remedy()));
      }
    }
    return lines;
  }

  /** As much of the id as people type. */
  private static String shortId(TraceEvent event) {
    String id = event.eventId();
    return Text.line(id.substring(0, Math.min(8, id.length())));
  }

  private static List<String> context(Explained each) {
    TraceEvent event = each.event();
    Facts facts = new Facts();
    facts.add("  Session", event.sessionId());
    facts.add("  Agent", event.agentId());
    if (each.where() != null) {
      facts.add("  Stands in", each.where());
    }
    if (event.payload() instanceof ScopeAsserted scope) {
      facts.add(
          "  Tool call",
          scope.toolId() + ", " + scope.operationType() + " on " + scope.targetSystem());
      facts.add("  Decision", decision(event));
    }
    facts.add("  Intent", intent(each.before().baseline()));
    return facts.lines();
  }

  private static String decision(TraceEvent event) {
    String verdict =
        event.governor() == null || event.governor().verdict() == null
            ? "none on record"
            : event.governor().verdict();
    return verdict
        + asked(event)
        + (event.passThrough() ? ", the call went on" : ", the call was blocked");
  }

  private static String asked(TraceEvent event) {
    Asked asked = event.governor() == null ? null : event.governor().asked();
    if (asked == null) {
      return "";
    }
    return asked.by() == null
        ? ", nobody answered"
        : ", " + (asked.allowed() ? "allowed" : "not allowed") + " by the " + asked.by();
  }

  private static String intent(@Nullable TraceEvent baseline) {
    if (baseline == null || !(baseline.payload() instanceof IntentDeclared intent)) {
      return "none was declared before it";
    }
    String objective =
        intent.statedObjective() == null ? "no objective" : '"' + intent.statedObjective() + '"';
    return objective
        + ", scope "
        + intent.sessionScopeHint()
        + " (event "
        + baseline.sequence()
        + ", "
        + intent.intentSource()
        + ")";
  }

  Map<String, @Nullable Object> json() {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("events", explained.stream().map(RecordedExplanation::json).toList());
    json.putAll(Traces.json(report));
    return json;
  }

  private static Map<String, @Nullable Object> json(Explained each) {
    TraceEvent event = each.event();
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("event_id", event.eventId());
    json.put("session_id", event.sessionId());
    json.put("event_sequence_number", event.sequence());
    json.put("event_type", event.type().name());
    json.put("timestamp_utc", Times.json(event.timestamp()));
    json.put("position", each.where());
    json.put("baseline_intent", baseline(each.before().baseline()));
    json.put("findings", each.findings().stream().map(Finding::json).toList());
    return json;
  }

  private static @Nullable Map<String, @Nullable Object> baseline(@Nullable TraceEvent event) {
    if (event == null || !(event.payload() instanceof IntentDeclared intent)) {
      return null;
    }
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("event_id", event.eventId());
    json.put("event_sequence_number", event.sequence());
    json.put("stated_objective", intent.statedObjective());
    json.put("intent_source", intent.intentSource());
    json.put("session_scope_hint", intent.sessionScopeHint());
    return json;
  }
}
