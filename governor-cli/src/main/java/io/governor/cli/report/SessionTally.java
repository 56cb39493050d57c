package io.governor.cli.report;

import io.governor.cli.report.SessionReport.EventRow;
import io.governor.event.EventPayload.ScopeAsserted;
import io.governor.event.TraceEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Adds up one session. Holds at most {@value #MARKED} and {@value #PLAIN} rows. */
final class SessionTally {

  /** So many events with a remark are kept to look at. */
  static final int MARKED = 150;

  /** So many without. */
  static final int PLAIN = 50;

  private final String sessionId;
  private final String surface;
  private String agentId = "";
  private @Nullable Instant first;
  private @Nullable Instant last;
  private long events;
  private long calls;
  private long kept;
  private long tokens;
  private final SortedMap<String, Long> violations = new TreeMap<>();
  private final List<EventRow> marked = new ArrayList<>();
  private final List<EventRow> plain = new ArrayList<>();
  private boolean withRows = true;

  SessionTally(String sessionId, String surface) {
    this.sessionId = sessionId;
    this.surface = surface;
  }

  /** The time of its first event so far, or null. */
  @Nullable Instant first() {
    return first;
  }

  /** Only figures are kept from here on. */
  void dropRows() {
    withRows = false;
    marked.clear();
    plain.clear();
  }

  void add(TraceEvent event, long eventTokens) {
    events++;
    tokens += eventTokens;
    agentId = agentId.isEmpty() ? event.agentId() : agentId;
    if (event.payload() instanceof ScopeAsserted) {
      calls++;
      kept += event.passThrough() ? 0 : 1;
    }
    time(event.timestamp());
    event.violations().forEach(rule -> violations.merge(rule, 1L, Long::sum));
    if (withRows) {
      keep(EventRows.row(events, event));
    }
  }

  private void time(@Nullable Instant time) {
    if (time != null) {
      first = first == null || time.isBefore(first) ? time : first;
      last = last == null || time.isAfter(last) ? time : last;
    }
  }

  private void keep(EventRow row) {
    List<EventRow> rows = row.isMarked() ? marked : plain;
    if (rows.size() < (row.isMarked() ? MARKED : PLAIN)) {
      rows.add(row);
    }
  }

  SessionReport report() {
    List<EventRow> rows = new ArrayList<>(marked);
    rows.addAll(plain);
    rows.sort(Comparator.comparingLong(EventRow::number));
    return new SessionReport(
        sessionId, agentId, surface, first, last, events, calls, kept, tokens, violations, rows);
  }
}
