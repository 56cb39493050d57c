package io.governor.cli;

import io.governor.event.TraceEvent;
import io.governor.sync.CountReport;
import io.governor.sync.TimeWindow;
import io.governor.trace.FileTimes;
import io.governor.trace.ReadProblem;
import io.governor.trace.ReadReport;
import io.governor.trace.SessionSummary;
import io.governor.trace.TraceCatalog;
import io.governor.trace.TraceIndex;
import io.governor.trace.TraceReader;
import io.governor.trace.TraceSource;
import io.governor.trace.TraceVisitor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The traces below the state root, as commands read them. Stateless. */
final class Traces {

  private static final int TOLD = 10;

  private Traces() {}

  /**
   * Reads what sessions there are; a state root without traces has none.
   *
   * @throws CommandFailure if the traces cannot be read, so that nobody can tell what there is
   */
  static TraceCatalog catalog(Invocation invocation) {
    refuseFile(invocation);
    try {
      return Progress.during(
          invocation.terminal(),
          "reading traces",
          () -> TraceCatalog.ofStateRoot(invocation.stateRoot()));
    } catch (IOException e) {
      throw CommandFailure.usage(LocalFiles.reason(e));
    }
  }

  /**
   * Reads all events, once; a state root without traces has none.
   *
   * @param window passes over files of which is known that none of their events lies in it; null
   *     for none
   * @throws CommandFailure if the traces cannot be read
   */
  static ReadReport read(
      Invocation invocation, @Nullable TimeWindow window, TraceVisitor<TraceEvent> visitor) {
    refuseFile(invocation);
    TraceSource traces = TraceSource.of(invocation.traces());
    if (Files.notExists(invocation.traces())) {
      return ReadReport.EMPTY;
    }
    try {
      return Progress.during(
          invocation.terminal(),
          "reading traces",
          () -> TraceReader.read(traces, outside(invocation, window), visitor));
    } catch (IOException e) {
      throw CommandFailure.usage(LocalFiles.reason(e));
    }
  }

  private static Predicate<Path> outside(Invocation invocation, @Nullable TimeWindow window) {
    if (window == null) {
      return file -> false;
    }
    TraceIndex index = TraceIndex.of(invocation.stateRoot());
    return file -> {
      FileTimes times = index.times(file);
      return times != null && times.isOutside(window.start(), window.end());
    };
  }

  /**
   * Looks whether there can be traces.
   *
   * @throws CommandFailure if the state root, or the folder of the traces, is a file
   */
  static void refuseFile(Invocation invocation) {
    if (isNoDirectory(invocation.stateRoot())) {
      throw CommandFailure.localIo(
          "the state root is a file: "
              + invocation.stateRoot()
              + ": set GOVERNOR_HOME to a directory");
    }
    if (isNoDirectory(invocation.traces())) {
      throw CommandFailure.localIo(
          invocation.traces() + ": it is a file, expected the directory of the traces");
    }
  }

  private static boolean isNoDirectory(Path path) {
    return Files.exists(path) && !Files.isDirectory(path);
  }

  /** All sessions, those with registration and intent only included. */
  static List<SessionSummary> all(TraceCatalog catalog) {
    return catalog.find("");
  }

  /** Says on standard error what could not be read, and where. */
  static void tell(Terminal terminal, ReadReport report) {
    tellPlaces(
        terminal, report.problems().stream().map(ReadProblem::toString).toList(), unread(report));
  }

  /** How many lines and files could not be read. */
  static long unread(ReadReport report) {
    return report.malformed() + report.torn() + report.unreadable();
  }

  /** Says on standard error which places could not be read. */
  static void tellPlaces(Terminal terminal, CountReport report) {
    tellPlaces(terminal, report.problems(), unread(report));
  }

  /** How many lines and files could not be read. */
  static long unread(CountReport report) {
    return report.malformed() + report.torn() + report.unreadable();
  }

  /** A report names the first lines of a source only, so there may be more places than problems. */
  private static void tellPlaces(Terminal terminal, List<String> problems, long places) {
    problems.stream().limit(TOLD).forEach(terminal::complain);
    long more = Math.max(places, problems.size()) - TOLD;
    if (more > 0) {
      terminal.complain(Text.count(more, "more place") + " could not be read");
    }
  }

  /** What could not be read, for programs. */
  static Map<String, Object> json(ReadReport report) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("malformed_lines", report.malformed());
    json.put("torn_lines", report.torn());
    json.put("unreadable_files", report.unreadable());
    json.put("problems", report.problems().stream().map(ReadProblem::toString).toList());
    return json;
  }

  /** What to do when there is nothing yet. */
  static List<String> nothingYet(Invocation invocation) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "Nothing is recorded yet below " + Text.line(invocation.stateRoot().toString()) + ".");
    lines.add("");
    Facts start = new Facts();
    if (DemoCommand.isOffered()) {
      start.add("  " + Typed.command() + " demo", "runs a governed agent and records it");
    }
    start.add(
        "  " + Typed.command() + " profile init", "writes a profile to tune the standard rules");
    lines.addAll(start.lines());
    lines.add("");
    lines.add("In an application: build a Governor, see the README of the sources.");
    return lines;
  }
}
