package io.governor.sync.count;

import io.governor.RuleId;
import io.governor.event.EventHead;
import io.governor.sync.CountReport;
import io.governor.sync.RuleCounts;
import io.governor.trace.Position;
import io.governor.trace.ReadProblem;
import io.governor.trace.ReadReport;
import io.governor.trace.TraceVisitor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Adds up one count, event by event. Holds one key for each event with violations and nothing of
 * any other. Confined to one thread.
 */
final class CountTally implements TraceVisitor<EventHead> {

  private static final class Counter {
    long value;
  }

  private EventTimes times = EventTimes.ALL;
  private final SeenEvents seen;
  private final CountingProgress progress;
  private final Map<String, Counter> published = new HashMap<>();
  private long unpublished;
  private long duplicates;
  private long unidentified;
  private long withoutTime;
  private long outsideWindow;
  private @Nullable Instant earliest;
  private @Nullable Instant latest;

  CountTally(RuleCounts zero, SeenEvents seen, CountingProgress progress) {
    this.seen = seen;
    this.progress = progress;
    zero.byRule().keySet().forEach(id -> published.put(id.value(), new Counter()));
  }

  /** What counts from here on. */
  void use(EventTimes newTimes) {
    times = newTimes;
  }

  @Override
  public boolean visit(EventHead event, Position at) {
    progress.at(at);
    visit(event);
    return true;
  }

  void visit(EventHead event) {
    if (isInside(event.timestamp()) && !event.violations().isEmpty() && isFirstOfItsKind(event)) {
      event.violations().forEach(this::occurred);
    }
  }

  private boolean isInside(@Nullable Instant time) {
    if (time == null) {
      withoutTime++;
      return times.include(null);
    }
    if (!times.include(time)) {
      outsideWindow++;
      return false;
    }
    if (earliest == null || time.isBefore(earliest)) {
      earliest = time;
    }
    if (latest == null || time.isAfter(latest)) {
      latest = time;
    }
    return true;
  }

  private boolean isFirstOfItsKind(EventHead event) {
    String eventId = event.eventId();
    if (eventId == null) {
      unidentified++;
      return true;
    }
    String sessionId = event.sessionId();
    byte[] session = IdBytes.of(sessionId == null ? "" : sessionId);
    byte[] both = Arrays.copyOf(session, session.length + eventId.length() * 3);
    byte[] id = IdBytes.of(eventId);
    System.arraycopy(id, 0, both, session.length, id.length);
    boolean first = add(both, session.length, id.length);
    if (!first) {
      duplicates++;
    }
    return first;
  }

  private boolean add(byte[] ids, int sessionLength, int eventLength) {
    try {
      return seen.add(ids, 0, sessionLength, sessionLength, eventLength, SeenEvents.NO_SEQUENCE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void occurred(String ruleId) {
    Counter counter = published.get(ruleId);
    if (counter == null) {
      unpublished++;
    } else {
      counter.value++;
    }
  }

  CountReport report(ReadReport read) {
    TreeMap<RuleId, Long> counts = new TreeMap<>();
    published.forEach((id, counter) -> counts.put(RuleId.of(id), counter.value));
    List<String> problems = read.problems().stream().map(ReadProblem::toString).toList();
    return new CountReport(
        new RuleCounts(counts),
        unpublished,
        read.events(),
        duplicates,
        unidentified,
        read.malformed(),
        read.torn(),
        read.unreadable(),
        withoutTime,
        outsideWindow,
        earliest,
        latest,
        problems);
  }
}
