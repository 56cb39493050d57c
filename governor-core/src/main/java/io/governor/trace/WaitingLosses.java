package io.governor.trace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Losses that no trace tells yet: events of sessions that processes share, kept in the session's
 * {@code .state} until its next event can tell them (execution record, sections 3 and 10.3).
 * Stateless.
 */
public final class WaitingLosses {

  private static final String ENDING = ".state";

  private WaitingLosses() {}

  /**
   * Counts the losses that wait below a directory of traces, by reason; none where there is no
   * directory. A state that is damaged or older than its trace tells nothing.
   *
   * @throws IOException if the directory cannot be listed
   */
  public static SortedMap<String, Long> below(Path traces) throws IOException {
    SortedMap<String, Long> waiting = new TreeMap<>();
    if (!Files.isDirectory(traces)) {
      return waiting;
    }
    for (Path state : states(traces)) {
      String name = String.valueOf(state.getFileName());
      String session = name.substring(0, name.length() - ENDING.length());
      Path trace = state.resolveSibling(session + TraceFiles.SUFFIX);
      new SessionStateFile(state, trace, TraceKeys.none(trace))
          .waitingLosses()
          .forEach((reason, count) -> waiting.merge(reason, count, Long::sum));
    }
    return waiting;
  }

  /** Surfaces are the only folders there are. */
  private static List<Path> states(Path traces) throws IOException {
    try (Stream<Path> found =
        Files.find(traces, 2, (path, as) -> path.toString().endsWith(ENDING))) {
      return found.toList();
    } catch (java.io.UncheckedIOException e) {
      throw e.getCause();
    }
  }
}
