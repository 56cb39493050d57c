package io.governor.cli;

import io.governor.event.TraceEvent;
import io.governor.trace.Position;
import io.governor.trace.ReadReport;
import io.governor.trace.SessionEvents;
import io.governor.trace.SessionSummary;
import io.governor.trace.TraceCatalog;
import io.governor.trace.TraceReader;
import io.governor.trace.TraceSource;
import java.io.IOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds an event by the beginning of its id, in the traces below the state root. Stateless. */
final class EventSearch {

  private EventSearch() {}

  /**
   * An event where it was found.
   *
   * @param events the events of its session
   * @param index which of them it is
   * @param at where it stands
   * @param report what reading came to
   */
  record Found(List<TraceEvent> events, int index, Position at, ReadReport report) {
    Found {
      events = List.copyOf(events);
    }

    TraceEvent event() {
      return events.get(index);
    }
  }

  private record Hit(String sessionId, Position at) {}

  static Optional<Found> find(String idOrPrefix, Invocation invocation, TraceCatalog catalog)
      throws IOException {
    if (idOrPrefix.isEmpty() || Files.notExists(invocation.traces())) {
      return Optional.empty();
    }
    Map<String, Hit> hits =
        Progress.during(
            invocation.terminal(), "searching traces", () -> search(idOrPrefix, invocation));
    if (hits.size() > 1 && !hits.containsKey(idOrPrefix)) {
      throw CommandFailure.usage(
          Text.count(hits.size(), "event") + " begin with " + idOrPrefix + ", give more of the id");
    }
    for (Map.Entry<String, Hit> hit : hits.entrySet()) {
      if (hits.size() == 1 || hit.getKey().equals(idOrPrefix)) {
        return load(hit.getKey(), hit.getValue(), catalog);
      }
    }
    return Optional.empty();
  }

  private static Map<String, Hit> search(String idOrPrefix, Invocation invocation)
      throws IOException {
    Map<String, Hit> hits = new LinkedHashMap<>();
    TraceReader.heads(
        TraceSource.of(invocation.traces()),
        (head, at) -> {
          if (head.eventId() != null && head.eventId().startsWith(idOrPrefix)) {
            String session = head.sessionId() == null ? "" : head.sessionId();
            hits.putIfAbsent(head.eventId(), new Hit(session, at));
          }
          return true;
        });
    return hits;
  }

  private static Optional<Found> load(String eventId, Hit hit, TraceCatalog catalog)
      throws IOException {
    for (SessionSummary session : catalog.find(hit.sessionId())) {
      SessionEvents read = SessionEvents.load(session);
      for (int i = 0; i < read.events().size(); i++) {
        if (read.events().get(i).eventId().equals(eventId)) {
          return Optional.of(new Found(read.events(), i, hit.at(), read.report()));
        }
      }
    }
    return Optional.empty();
  }
}
