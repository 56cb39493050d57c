package io.governor.testkit;

import io.governor.TraceSink;
import io.governor.event.TraceEvent;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Keeps every event it is given, and fails when it is told to. Safe for use by several threads.
 *
 * <pre>{@code
 * RecordingTraceSink trace = new RecordingTraceSink();
 * Governor governor = Governor.builder().trace(trace).build();
 * }</pre>
 */
public final class RecordingTraceSink implements TraceSink {

  // Guarded by this.
  private final List<TraceEvent> events = new ArrayList<>();
  private final List<String> closedSessions = new ArrayList<>();
  private long failuresLeft;

  @Override
  public synchronized void accept(TraceEvent event) throws IOException {
    if (failuresLeft > 0) {
      failuresLeft--;
      throw new IOException("told to fail");
    }
    events.add(event);
  }

  @Override
  public synchronized void sessionClosed(String sessionId) {
    closedSessions.add(sessionId);
  }

  /** Fails for the next events, then takes them again. */
  public synchronized void failNext(int times) {
    failuresLeft = times;
  }

  /** Fails for ever. */
  public synchronized void failAlways() {
    failuresLeft = Long.MAX_VALUE;
  }

  /** Everything recorded so far, in order of arrival. */
  public synchronized List<TraceEvent> events() {
    return List.copyOf(events);
  }

  /** What one session recorded so far, in order. */
  public List<TraceEvent> events(String sessionId) {
    return events().stream().filter(event -> event.sessionId().equals(sessionId)).toList();
  }

  /** The sessions that recorded anything, in order of their first event. */
  public Set<String> sessions() {
    Set<String> ids = new LinkedHashSet<>();
    events().forEach(event -> ids.add(event.sessionId()));
    return ids;
  }

  /** The sessions that were closed, in order. */
  public synchronized List<String> closedSessions() {
    return List.copyOf(closedSessions);
  }

  @Override
  public String toString() {
    return "RecordingTraceSink[" + events().size() + " events]";
  }
}
