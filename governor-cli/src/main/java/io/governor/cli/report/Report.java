package io.governor.cli.report;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The figures of a report. They hold what traces hold: names, operations, rule ids, sizes and
 * counts, and no argument or result. Immutable.
 *
 * @param scope what it covers, in words
 * @param made when it was made
 * @param totals what everything comes to
 * @param timeline events with violations over time, by rule
 * @param verdicts what was decided about calls
 * @param rules the rules that fired, the most frequent first
 * @param tools calls by tool, the most called first
 * @param models tokens by model, the most used first
 * @param currency of the costs, or null when no prices were given
 * @param consequences what enforcement would have meant, the most frequent first
 * @param sessions the sessions, newest first
 * @param unreadLines lines and files that could not be read
 */
public record Report(
    String scope,
    Instant made,
    Totals totals,
    Timeline timeline,
    List<VerdictCount> verdicts,
    List<RuleCount> rules,
    List<ToolCount> tools,
    List<ModelUse> models,
    @Nullable String currency,
    List<ConsequenceCount> consequences,
    List<SessionReport> sessions,
    long unreadLines) {

  public Report {
    verdicts = List.copyOf(verdicts);
    rules = List.copyOf(rules);
    tools = List.copyOf(tools);
    models = List.copyOf(models);
    consequences = List.copyOf(consequences);
    sessions = List.copyOf(sessions);
  }

  /**
   * What everything comes to.
   *
   * @param first the earliest time of an event, or null when none has one
   * @param last the latest
   * @param sessions how many sessions
   * @param events how many events
   * @param calls how many tool calls
   * @param kept how many calls were kept from running
   * @param bypassed results that arrived for such calls
   * @param violations occurrences of rules
   * @param lost events that could not be written
   */
  public record Totals(
      @Nullable Instant first,
      @Nullable Instant last,
      long sessions,
      long events,
      long calls,
      long kept,
      long bypassed,
      long violations,
      long lost) {}

  /** Calls and results with one verdict: how many, and on how many of them it was acted. */
  public record VerdictCount(String verdict, long events, long enforced) {}

  /** A rule: on how many events and in how many sessions it fired. */
  public record RuleCount(String rule, long events, long sessions) {}

  /** A tool: its calls by operation, in the order of {@link ReportBuilder#OPERATIONS}. */
  public record ToolCount(String tool, List<Long> byOperation) {
    public ToolCount {
      byOperation = List.copyOf(byOperation);
    }

    /** All its calls. */
    public long calls() {
      return byOperation.stream().mapToLong(Long::longValue).sum();
    }
  }

  /** A consequence sentence, the rules that stand on its events, and how often it stands. */
  public record ConsequenceCount(String sentence, List<String> rules, long events) {
    public ConsequenceCount {
      rules = List.copyOf(rules);
    }
  }
}
