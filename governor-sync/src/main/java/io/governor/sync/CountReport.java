package io.governor.sync;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a count came to, for the person who asked. Only {@link #counts} ever enters a {@link
 * SyncPayload}; the rest stays on the machine. Immutable; safe to share between threads.
 *
 * @param counts occurrences by published rule, zeros included
 * @param unpublished occurrences of rule ids that are not published, taken together
 * @param events lines that were events, whether they counted or not
 * @param duplicates events with violations that had been counted before, such as those of a copied
 *     file; each counts once
 * @param unidentified events with violations but without {@code event_id}; copies of them cannot be
 *     recognised, so each line counts
 * @param malformed lines that were no events
 * @param torn last lines without a line end that were no events: a write was cut off or is under
 *     way
 * @param unreadable files and directories below a source that could not be read, or not to their
 *     ends; what was read before counts
 * @param withoutTime events without a readable time; they lie in no window that was asked for, and
 *     count when none was
 * @param outsideWindow events whose time lies outside the window that was asked for
 * @param earliest the earliest time of an event that counted, with violations or without, or null
 *     when there was none
 * @param latest the latest one
 * @param problems lines and files that could not be read, as {@code source:line: reason}; the first
 *     20 lines of each source, then how many more; 10,000 in all, then how many more
 */
public record CountReport(
    RuleCounts counts,
    long unpublished,
    long events,
    long duplicates,
    long unidentified,
    long malformed,
    long torn,
    long unreadable,
    long withoutTime,
    long outsideWindow,
    @Nullable Instant earliest,
    @Nullable Instant latest,
    List<String> problems) {

  public CountReport {
    problems = List.copyOf(problems);
  }

  /** That of a count that read nothing. */
  public static CountReport ofNothing(RuleCounts zero) {
    return new CountReport(zero, 0, 0, 0, 0, 0, 0, 0, 0, 0, null, null, List.of());
  }
}
