package io.governor.trace;

import io.governor.event.TraceEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads traces into a {@link TraceCatalog}, file by file. Used once, by one thread. */
final class CatalogReading {

  private final @Nullable TraceIndex index;
  private final Map<Key, SessionTally> sessions = new HashMap<>();
  private final SessionTally withoutSession = new SessionTally("", "");
  private final List<Read> read = new ArrayList<>();
  private ReadReport report = ReadReport.EMPTY;
  private @Nullable Current current;

  private record Key(String surface, String sessionId) {}

  /** The file that is being read, and how it looked before. */
  private record Current(Path file, @Nullable SettledStamp before, FileTally tally) {}

  /** A file that was read. */
  private record Read(Path file, @Nullable SettledStamp before, FileSummary summary) {}

  /**
   * @param index knows of files from before, or null
   */
  CatalogReading(@Nullable TraceIndex index) {
    this.index = index;
  }

  /**
   * Reads what is below a root, if there is one.
   *
   * @throws IOException if it cannot be read, or a file breaks off while it is read
   */
  void read(Path root) throws IOException {
    if (Files.notExists(root)) {
      return;
    }
    ReadReport found =
        TraceReader.read(
            TraceSource.of(root),
            this::isKnown,
            (event, at) -> {
              add(event, at);
              return true;
            });
    endFile();
    report = report.plus(found);
    learn(found);
  }

  TraceCatalog catalog() {
    return TraceCatalog.of(sessions.values(), withoutSession, report);
  }

  private boolean isKnown(Path file) {
    endFile();
    FileSummary known = index == null ? null : index.find(file);
    if (known == null) {
      begin(file);
      return false;
    }
    report = report.plus(new ReadReport(known.times().events(), 0, 0, 0, List.of()));
    add(known, file);
    return true;
  }

  private Current begin(Path file) {
    Current begun = new Current(file, index == null ? null : index.stamp(file), new FileTally());
    current = begun;
    return begun;
  }

  private void add(TraceEvent event, Position at) {
    // Nobody was asked about a root that is itself a file.
    Current reading = current == null ? begin(Path.of(at.source())) : current;
    reading.tally().add(event);
  }

  private void endFile() {
    Current ended = current;
    current = null;
    if (ended != null) {
      FileSummary summary = ended.tally().summary();
      add(summary, ended.file());
      if (index != null) {
        read.add(new Read(ended.file(), ended.before(), summary));
      }
    }
  }

  private void add(FileSummary summary, Path file) {
    String surface = TraceFiles.surface(file);
    for (SessionPart part : summary.sessions()) {
      if (part.sessionId().isEmpty()) {
        withoutSession.add(part, file);
      } else {
        sessions
            .computeIfAbsent(
                new Key(surface, part.sessionId()),
                key -> new SessionTally(key.surface(), key.sessionId()))
            .add(part, file);
      }
    }
  }

  /** What there was to say of a file is not known of it the next time: it is read again. */
  private void learn(ReadReport found) {
    if (index != null) {
      Set<String> troubled =
          found.problems().stream().map(ReadProblem::source).collect(Collectors.toSet());
      for (Read each : read) {
        if (!troubled.contains(each.file().toString())) {
          index.learn(each.file(), each.before(), each.summary());
        }
      }
    }
    read.clear();
  }
}
