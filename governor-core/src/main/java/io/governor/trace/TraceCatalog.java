package io.governor.trace;

import io.governor.event.TraceEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The sessions below a trace root (execution record, section 11), newest first by the time of their
 * first event, never by the time of a file; those without a time come last. Reading goes through
 * every event once and holds one summary per session. Events without a session id belong to none.
 * Immutable.
 */
public final class TraceCatalog {

  private static final Comparator<SessionSummary> NEWEST_FIRST =
      Comparator.comparing(SessionSummary::first, Comparator.nullsLast(Comparator.reverseOrder()))
          .thenComparing(SessionSummary::sessionId)
          .thenComparing(SessionSummary::surface);

  private final List<SessionSummary> all;
  private final SessionSummary withoutSession;
  private final ReadReport report;

  private TraceCatalog(List<SessionSummary> all, SessionSummary withoutSession, ReadReport report) {
    this.all = all;
    this.withoutSession = withoutSession;
    this.report = report;
  }

  /**
   * Reads all traces below the roots. A root that does not exist holds no session yet.
   *
   * @throws IOException if a root cannot be read, or a file breaks off while it is read
   */
  public static TraceCatalog read(Path... roots) throws IOException {
    Gathering gathering = new Gathering();
    ReadReport report = ReadReport.EMPTY;
    for (Path root : roots) {
      if (!Files.notExists(root)) {
        report = report.plus(TraceReader.read(TraceSource.of(root), gathering));
      }
    }
    return new TraceCatalog(
        gathering.sessions.values().stream()
            .map(SessionTally::summary)
            .sorted(NEWEST_FIRST)
            .toList(),
        gathering.withoutSession.summary(),
        report);
  }

  private static final class Gathering implements TraceVisitor<TraceEvent> {

    private record Key(String surface, String sessionId) {}

    private final Map<Key, SessionTally> sessions = new HashMap<>();
    private final SessionTally withoutSession = new SessionTally("", "");

    @Override
    public boolean visit(TraceEvent event, Position at) {
      if (event.sessionId().isEmpty()) {
        withoutSession.add(event, at.source());
      } else {
        sessions
            .computeIfAbsent(
                new Key(at.surface(), event.sessionId()),
                key -> new SessionTally(key.surface(), key.sessionId()))
            .add(event, at.source());
      }
      return true;
    }
  }

  /** The sessions that did more than register and declare an intent, newest first. */
  public List<SessionSummary> sessions() {
    return all.stream().filter(session -> !session.isTransient()).toList();
  }

  /** How many sessions have only registration and intent. */
  public long transientSessions() {
    return all.stream().filter(SessionSummary::isTransient).count();
  }

  /** The newest session that is not transient. */
  public Optional<SessionSummary> latest() {
    return all.stream().filter(session -> !session.isTransient()).findFirst();
  }

  /**
   * The sessions whose id is the given text or, when there is none, begins with it; transient ones
   * too, newest first. One id may stand on several surfaces.
   */
  public List<SessionSummary> find(String idOrPrefix) {
    List<SessionSummary> exact =
        all.stream().filter(session -> session.sessionId().equals(idOrPrefix)).toList();
    return exact.isEmpty()
        ? all.stream().filter(session -> session.sessionId().startsWith(idOrPrefix)).toList()
        : exact;
  }

  /** What the events without a session id come to, which belong to no session. */
  public SessionSummary withoutSession() {
    return withoutSession;
  }

  /** What reading the traces came to. */
  public ReadReport report() {
    return report;
  }
}
