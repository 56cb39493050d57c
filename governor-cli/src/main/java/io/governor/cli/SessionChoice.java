package io.governor.cli;

import io.governor.event.TraceEvent;
import io.governor.trace.ReadReport;
import io.governor.trace.SessionEvents;
import io.governor.trace.SessionSummary;
import io.governor.trace.TraceCatalog;
import io.governor.trace.TraceReader;
import io.governor.trace.TraceSource;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which sessions a command is about: the latest, one by its id, or those of a file. */
final class SessionChoice {

  private static final int NAMED = 5;

  @Option(names = "--latest", description = "The latest session; so too when none is named.")
  private boolean latest;

  @Parameters(
      arity = "0..1",
      paramLabel = "SESSION",
      description = "The beginning of a session's id, or a trace file.")
  private @Nullable String session;

  /**
   * What was chosen.
   *
   * @param sessions empty only when nothing is recorded yet
   * @param report what reading their files came to
   */
  record Chosen(List<RecordedSession> sessions, ReadReport report) {
    Chosen {
      sessions = List.copyOf(sessions);
    }

    /**
     * The sessions for programs: one as it is, several, which a file may hold, as a list. When
     * nothing is recorded, a session without an id and without events.
     */
    Map<String, @Nullable Object> json(
        Function<RecordedSession, Map<String, @Nullable Object>> each) {
      Map<String, @Nullable Object> json = new LinkedHashMap<>();
      if (sessions.size() > 1) {
        json.put("sessions", sessions.stream().map(each).toList());
      } else {
        RecordedSession nothing = new RecordedSession("", List.of(), List.of());
        json.putAll(each.apply(sessions.isEmpty() ? nothing : sessions.get(0)));
      }
      json.putAll(Traces.json(report));
      return json;
    }
  }

  /**
   * Reads the sessions that were asked for.
   *
   * @throws CommandFailure if there is no such session or file
   */
  Chosen read(Invocation invocation) throws IOException {
    if (latest && session != null) {
      throw CommandFailure.usage("--latest names a session already: leave " + session + " out");
    }
    return session == null ? latest(invocation) : named(session, invocation);
  }

  private static Chosen latest(Invocation invocation) throws IOException {
    TraceCatalog catalog = Traces.catalog(invocation);
    Optional<SessionSummary> newest =
        catalog.latest().or(() -> Traces.all(catalog).stream().findFirst());
    return newest.isPresent()
        ? load(List.of(newest.get()))
        : new Chosen(List.of(), catalog.report());
  }

  static Chosen named(String name, Invocation invocation) throws IOException {
    if (name.isBlank()) {
      throw CommandFailure.usage("an empty name: expected a trace file or a session's id");
    }
    Path path = path(name);
    if (path != null && Files.isRegularFile(path)) {
      return file(path);
    }
    TraceCatalog catalog = Traces.catalog(invocation);
    List<SessionSummary> found = find(name, catalog);
    if (found.isEmpty()) {
      throw CommandFailure.usage(notFound(name, path));
    }
    return load(found);
  }

  /**
   * The sessions whose id begins so; they have one id, on several surfaces at most.
   *
   * @throws CommandFailure if several ids begin so
   */
  static List<SessionSummary> find(String idOrPrefix, TraceCatalog catalog) {
    String prefix =
        idOrPrefix.endsWith(Text.MARKER)
            ? idOrPrefix.substring(0, idOrPrefix.length() - Text.MARKER.length())
            : idOrPrefix;
    if (prefix.isEmpty()) {
      return List.of();
    }
    List<SessionSummary> found = catalog.find(prefix);
    List<String> ids = found.stream().map(SessionSummary::sessionId).distinct().toList();
    if (ids.size() > 1) {
      List<String> named = ids.subList(0, Math.min(NAMED, ids.size()));
      throw CommandFailure.usage(
          Text.count(ids.size(), "session")
              + " begin with "
              + prefix
              + ", give more of the id: "
              + String.join(", ", named)
              + (ids.size() > NAMED ? ", " + Text.MARKER : ""));
    }
    return found;
  }

  private static @Nullable Path path(String name) {
    try {
      return Path.of(name);
    } catch (InvalidPathException e) {
      return null;
    }
  }

  private static String notFound(String name, @Nullable Path path) {
    if (path != null && Files.isDirectory(path)) {
      return name + ": it is a directory, expected a trace file or a session's id";
    }
    boolean looksLikeFile = name.contains(File.separator) || name.endsWith(".jsonl");
    return looksLikeFile
        ? name + ": there is no such file"
        : "no session begins with " + name + ": governor list shows the sessions";
  }

  private static Chosen load(List<SessionSummary> summaries) throws IOException {
    List<RecordedSession> sessions = new ArrayList<>();
    ReadReport report = ReadReport.EMPTY;
    for (SessionSummary summary : summaries) {
      SessionEvents events = SessionEvents.load(summary);
      sessions.add(new RecordedSession(summary.sessionId(), summary.files(), events.events()));
      report = report.plus(events.report());
    }
    return new Chosen(sessions, report);
  }

  private static Chosen file(Path file) {
    Map<String, List<TraceEvent>> bySession = new LinkedHashMap<>();
    ReadReport report = read(file, bySession);
    List<RecordedSession> sessions = new ArrayList<>();
    bySession.forEach((id, events) -> sessions.add(new RecordedSession(id, List.of(file), events)));
    if (sessions.isEmpty()) {
      throw CommandFailure.usage(file + ": it holds no event" + firstProblem(report));
    }
    return new Chosen(sessions, report);
  }

  private static ReadReport read(Path file, Map<String, List<TraceEvent>> bySession) {
    try {
      return TraceReader.read(
          TraceSource.of(file),
          (event, at) -> {
            bySession.computeIfAbsent(event.sessionId(), id -> new ArrayList<>()).add(event);
            return true;
          });
    } catch (IOException e) {
      throw CommandFailure.usage(LocalFiles.reason(e));
    }
  }

  private static String firstProblem(ReadReport report) {
    return report.problems().isEmpty() ? "" : "; " + report.problems().get(0);
  }
}
