package io.governor.trace;

import io.governor.trace.KnownHeads.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the traces of a state root by others than the traces themselves: {@code
 * heads.log} as it was when it was read, the states of shared sessions, and an export. Safe for use
 * by several threads.
 */
final class KnownTraces {

  private static final String STATE = ".state";

  private final Path root;
  private final RecordedHeads log;
  private final ExportedHeads export;

  KnownTraces(Path root, RecordedHeads log, ExportedHeads export) {
    this.root = root;
    this.log = log;
    this.export = export;
  }

  private static Path renamed(Path file, String ending, String other) {
    String name = String.valueOf(file.getFileName());
    return file.resolveSibling(name.substring(0, name.length() - ending.length()) + other);
  }

  /** A trace as it is named on record: from the root on, with slashes. */
  String name(Path trace) {
    return root.relativize(trace).toString().replace('\\', '/');
  }

  /** The log that is a part of this. */
  RecordedHeads log() {
    return log;
  }

  /** The heads that a trace is known to have reached. */
  KnownHeads of(Path trace) {
    String name = name(trace);
    ChainHead state = log.isPruned(name) ? null : state(trace);
    ChainHead exported = export.of(name, log);
    KnownHeads recorded = log.of(name);
    if (state == null && exported == null) {
      return recorded;
    }
    KnownHeads all = recorded.copy();
    if (state != null) {
      all.add(state, Place.STATE, false);
    }
    if (exported != null) {
      all.add(exported, Place.EXPORT, false);
    }
    return all;
  }

  private static @Nullable ChainHead state(Path trace) {
    return trace.toString().endsWith(TraceFiles.SUFFIX)
        ? new SessionStateFile(
                renamed(trace, TraceFiles.SUFFIX, STATE), trace, TraceKeys.none(trace))
            .head()
        : null;
  }

  /** The traces that are known below a folder, or the trace itself. */
  Set<Path> below(Path scope, TraceFiles.Troubles troubles) throws IOException {
    Set<Path> traces = new TreeSet<>();
    log.traces().forEach(name -> traces.add(root.resolve(name)));
    export.traces().forEach(name -> traces.add(root.resolve(name)));
    if (Files.isDirectory(scope)) {
      for (TraceFiles.Found state : TraceFiles.below(scope, List.of(STATE), troubles)) {
        traces.add(renamed(state.path(), STATE, TraceFiles.SUFFIX));
      }
    }
    traces.removeIf(trace -> !trace.startsWith(scope));
    return traces;
  }

  /** Whether a trace is gone and somebody misses it. */
  boolean isMissing(Path trace) {
    return Files.notExists(trace) && !of(trace).isEmpty();
  }
}
