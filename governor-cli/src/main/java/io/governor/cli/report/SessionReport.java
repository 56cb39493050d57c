package io.governor.cli.report;

import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One session. Immutable.
 *
 * @param sessionId its id
 * @param agentId its agent
 * @param surface the folder its trace lies in
 * @param first the time of its first event, or null
 * @param last the latest time, or null
 * @param events how many events
 * @param calls how many tool calls
 * @param kept how many calls were kept from running
 * @param tokens what its model turns used, as {@code pulse} counts them
 * @param violations events by rule
 * @param rows events to look at: those with a remark first, as many as fit, in order
 */
public record SessionReport(
    String sessionId,
    String agentId,
    String surface,
    @Nullable Instant first,
    @Nullable Instant last,
    long events,
    long calls,
    long kept,
    long tokens,
    SortedMap<String, Long> violations,
    List<EventRow> rows) {

  public SessionReport {
    violations = new TreeMap<>(violations);
    rows = List.copyOf(rows);
  }

  /**
   * One event.
   *
   * @param number its place in the session, from 1
   * @param time when it was recorded, or null
   * @param what what it is, in a few words
   * @param verdict what was decided, or empty
   * @param enforced whether it was acted on
   * @param rules rules that fired or matched
   * @param flags remarks
   * @param consequence what enforcement would have meant, or null
   */
  public record EventRow(
      long number,
      @Nullable Instant time,
      String what,
      String verdict,
      boolean enforced,
      List<String> rules,
      List<String> flags,
      @Nullable String consequence) {

    public EventRow {
      rules = List.copyOf(rules);
      flags = List.copyOf(flags);
    }

    boolean isMarked() {
      return !rules.isEmpty() || !flags.isEmpty() || enforced;
    }
  }
}
