package io.governor.sync;

import io.governor.RuleId;
import io.governor.event.EventHead;
import io.governor.trace.Position;
import io.governor.trace.ReadProblem;
import io.governor.trace.ReadReport;
import io.governor.trace.TraceVisitor;
import java.time.Instant;
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

  private final @Nullable TimeWindow window;
  private final CountingProgress progress;
  private final Map<String, Counter> published = new HashMap<>();
  private final EventKeys keys = new EventKeys();
  private final KeySet seen = new KeySet();

  private long unpublished;
  private long duplicates;
  private long unidentified;
  private long withoutTime;
  private long outsideWindow;
  private @Nullable Instant earliest;
  private @Nullable Instant latest;

  CountTally(RuleCounts zero, @Nullable TimeWindow window, CountingProgress progress) {
    this.window = window;
    this.progress = progress;
    zero.byRule().keySet().forEach(id -> published.put(id.value(), new Counter()));
  }

  @Override
  public boolean visit(EventHead event, Position at) {
    progress.at(at);
    if (isInside(event.timestamp()) && !event.violations().isEmpty() && isFirstOfItsKind(event)) {
      event.violations().forEach(this::occurred);
    }
    return true;
  }

  private boolean isInside(@Nullable Instant time) {
    if (time == null) {
      withoutTime++;
      return window == null;
    }
    if (window != null && !window.contains(time)) {
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
    keys.make(sessionId == null ? "" : sessionId, eventId);
    boolean first = seen.add(keys.high(), keys.low());
    if (!first) {
      duplicates++;
    }
    return first;
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
