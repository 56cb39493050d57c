package io.governor.trace;

import io.governor.event.TraceEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The events of one session, in order of their lines, and the report on the files they were read
 * from. Immutable.
 *
 * @param events the events
 * @param report what reading the files came to; it speaks of all lines, also of other sessions
 */
public record SessionEvents(List<TraceEvent> events, ReadReport report) {

  public SessionEvents {
    events = List.copyOf(events);
  }

  /** Reads the events of a session into memory. */
  public static SessionEvents load(SessionSummary session) throws IOException {
    List<TraceEvent> events = new ArrayList<>();
    ReadReport report = ReadReport.EMPTY;
    for (Path file : session.files()) {
      ReadReport one =
          TraceReader.read(
              TraceSource.of(file),
              (event, at) -> {
                if (event.sessionId().equals(session.sessionId())) {
                  events.add(event);
                }
                return true;
              });
      report = report.plus(one);
    }
    return new SessionEvents(events, report);
  }
}
