package io.governor.trace;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
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
    CatalogReading reading = new CatalogReading(null);
    for (Path root : roots) {
      reading.read(root);
    }
    return reading.catalog();
  }

  /**
   * The same for the traces of a state root, of which only those files are read that are not known
   * from before; what was learned is kept where that can be written.
   */
  public static TraceCatalog ofStateRoot(Path stateRoot) throws IOException {
    return ofStateRoot(stateRoot, TraceIndex.of(stateRoot));
  }

  /** The same with an index of that state root at hand. */
  public static TraceCatalog ofStateRoot(Path stateRoot, TraceIndex index) throws IOException {
    CatalogReading reading = new CatalogReading(index);
    reading.read(TraceDirectory.traces(stateRoot));
    index.keep();
    return reading.catalog();
  }

  static TraceCatalog of(
      Collection<SessionTally> sessions, SessionTally withoutSession, ReadReport report) {
    return new TraceCatalog(
        sessions.stream().map(SessionTally::summary).sorted(NEWEST_FIRST).toList(),
        withoutSession.summary(),
        report);
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
