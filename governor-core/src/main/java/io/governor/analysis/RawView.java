package io.governor.analysis;

import io.governor.event.AdvisoryFlag;
import io.governor.event.EventPayload;
import io.governor.event.EventPayload.IntentDeclared;
import io.governor.event.EventType;
import io.governor.event.TraceEvent;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A session's events line by line and their summary (execution record, section 12.6). The lines
 * have no colour; each says what it is, so that a terminal can give it one. Control characters that
 * a trace brings along are shown, not sent.
 */
public final class RawView {

  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private static final String INDENT = "    ";

  /** What a line is. */
  public enum Mark {
    HEADER,
    EVENT,
    /** An event with a flag or a violation. */
    MARKED_EVENT,
    VIOLATION,
    CONSEQUENCE,
    FIX,
    RULE,
    PLAIN
  }

  /**
   * One line.
   *
   * @param mark what it is
   * @param text what it says, without a line end
   */
  public record Line(Mark mark, String text) {}

  private final List<TraceEvent> events;
  private final List<Line> lines = new ArrayList<>();
  private final Set<Long> seen = new HashSet<>();
  private long highest;

  private RawView(List<TraceEvent> events) {
    this.events = events;
  }

  /** Shows the events of one session; no lines without events. */
  public static List<Line> of(List<TraceEvent> events) {
    return events.isEmpty() ? List.of() : new RawView(events).lines();
  }

  private List<Line> lines() {
    TraceEvent first = events.get(0);
    String agent = Shown.or(first.agentId(), "unknown");
    String session = Shown.or(first.sessionId(), "unknown");
    add(
        Mark.HEADER,
        "SESSION: " + session + " | Agent: " + agent + " | " + stamp(first.timestamp()));
    blank();
    events.forEach(this::event);
    blank();
    add(Mark.RULE, "─".repeat(60));
    add(Mark.HEADER, "SESSION SUMMARY — " + session);
    blank();
    add(
        Mark.PLAIN,
        "Agent: " + agent + " | Topology: " + Shown.or(first.deploymentMode(), "unknown"));
    blank();
    summary();
    return List.copyOf(lines);
  }

  private void event(TraceEvent event) {
    boolean marked = !event.flags().isEmpty() || !event.violations().isEmpty();
    String number = event.sequence() == 0 ? "?" : String.valueOf(event.sequence());
    String primitive = Shown.or(event.payload().primitive(), event.type().name());
    String text =
        "["
            + number
            + "] "
            + String.format("%-20s", primitive)
            + "  "
            + (marked ? "⚠" : "✓")
            + "  ";
    String anomaly = isAnomaly(event) ? " [SEQUENCE ANOMALY]" : "";
    add(marked ? Mark.MARKED_EVENT : Mark.EVENT, text + EventSummary.of(event) + anomaly);
    if (marked) {
      details(event);
    }
  }

  /** A number that is absent, was there before, or leaves a gap within its record. */
  private boolean isAnomaly(TraceEvent event) {
    if (isFirstOfRecord(event)) {
      seen.clear();
      highest = 0;
    }
    long sequence = event.sequence();
    boolean anomaly = !seen.add(sequence) || sequence != highest + 1;
    highest = Math.max(highest, sequence);
    return anomaly;
  }

  /** Processes that do not know of one another may write one session, each into its own file. */
  private static boolean isFirstOfRecord(TraceEvent event) {
    return event.sequence() == 1
        && event.previousEventId() == null
        && event.type().equals(EventType.AGENT_REGISTERED);
  }

  private void details(TraceEvent event) {
    if (!event.violations().isEmpty()) {
      add(Mark.VIOLATION, INDENT + "Policy violation: " + Shown.list(event.violations()));
    }
    String consequence = event.consequence();
    if (consequence != null && !consequence.isEmpty()) {
      add(Mark.CONSEQUENCE, INDENT + "Consequence: " + Shown.text(consequence));
    }
    event.flags().stream()
        .filter(flag -> isMeant(flag, event))
        .map(RawView::fix)
        .filter(Objects::nonNull)
        .distinct()
        .forEach(fix -> add(Mark.FIX, INDENT + "→ Fix: " + fix));
  }

  /** A write that may be memory needs no advice when it says all that a memory write must say. */
  private static boolean isMeant(AdvisoryFlag flag, TraceEvent event) {
    return !flag.equals(AdvisoryFlag.MEMORY_WRITE_CANDIDATE)
        || event.violations().contains("POL-004");
  }

  private static @Nullable String fix(AdvisoryFlag flag) {
    return FlagAdvice.of(flag).map(FlagAdvice::fix).orElse(null);
  }

  private void summary() {
    Set<String> rules = new TreeSet<>();
    events.forEach(event -> rules.addAll(event.violations()));
    long violations = events.stream().mapToLong(event -> event.violations().size()).sum();
    String named = rules.isEmpty() ? "" : "  (" + Shown.list(rules) + ")";
    add(Mark.PLAIN, "Events intercepted:    " + events.size());
    add(Mark.PLAIN, "Policy violations:     " + violations + named);
    add(
        Mark.PLAIN,
        "Actions that would have been blocked:    "
            + (violating(EventType.AGENT_REGISTERED) + violating(EventType.SCOPE_ASSERTED)));
    add(
        Mark.PLAIN,
        "Memory writes that would have been rejected:    "
            + violating(EventType.MEMORY_WRITE_ATTEMPT));
    add(Mark.PLAIN, "Intent signal quality: " + intentQuality());
    blank();
    if (rules.isEmpty()) {
      add(Mark.PLAIN, "No policy violations.");
    }
    for (RuleAdvice advice : RuleAdvice.STANDARD) {
      if (rules.contains(advice.id())) {
        add(Mark.FIX, "→ " + advice.fix());
      }
    }
  }

  private long violating(EventType type) {
    return events.stream()
        .filter(event -> event.type().equals(type) && !event.violations().isEmpty())
        .count();
  }

  private String intentQuality() {
    String source = "none";
    for (TraceEvent event : events) {
      EventPayload payload = event.payload();
      source = payload instanceof IntentDeclared intent ? intent.intentSource() : source;
    }
    return switch (source) {
      case "none" -> "MISSING — no intent signal detected";
      case "explicit" -> "EXPLICIT — given by the integrating code";
      case "inferred" -> "INFERRED — taken from run input, or declared by the agent";
      default -> "UNKNOWN — " + Shown.or(source, "no source given");
    };
  }

  private static String stamp(@Nullable Instant time) {
    return time == null ? "no time" : STAMP.format(time);
  }

  private void add(Mark mark, String text) {
    lines.add(new Line(mark, text));
  }

  private void blank() {
    add(Mark.PLAIN, "");
  }
}
