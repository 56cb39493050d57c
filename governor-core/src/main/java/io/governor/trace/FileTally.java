package io.governor.trace;

import io.governor.event.TraceEvent;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Adds up a {@link FileSummary}, event by event. Confined to one thread. */
final class FileTally {

  private final Map<String, PartTally> sessions = new LinkedHashMap<>();
  private long events;
  private long withoutTime;
  private @Nullable Instant earliest;
  private @Nullable Instant latest;

  void add(TraceEvent event) {
    Instant time = event.timestamp();
    events++;
    if (time == null) {
      withoutTime++;
    } else {
      earliest = earliest == null || time.isBefore(earliest) ? time : earliest;
      latest = latest == null || time.isAfter(latest) ? time : latest;
    }
    sessions.computeIfAbsent(event.sessionId(), id -> new PartTally()).add(event);
  }

  FileSummary summary() {
    return new FileSummary(
        new FileTimes(events, withoutTime, earliest, latest),
        sessions.entrySet().stream().map(each -> each.getValue().part(each.getKey())).toList());
  }
}
