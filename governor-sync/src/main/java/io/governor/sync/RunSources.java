package io.governor.sync;

import io.governor.trace.TraceDirectory;
import io.governor.trace.TraceSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Which files and directories a run is to read. Stateless. */
final class RunSources {

  private RunSources() {}

  /**
   * Those of the options, or the traces below the state root.
   *
   * @throws SyncException of kind {@code INPUT} if one is a stream
   */
  static List<Path> of(RunOptions options, Path stateRoot) throws SyncException {
    List<TraceSource> asked = options.sources();
    if (asked == null) {
      Path traces = TraceDirectory.traces(stateRoot);
      // Before the first event there is no such directory, and nothing to count.
      return Files.notExists(traces) ? List.of() : List.of(traces);
    }
    List<Path> paths = new ArrayList<>();
    for (TraceSource source : asked) {
      if (!(source instanceof TraceSource.OnDisk file)) {
        throw SyncException.input(
            "a stream cannot be sent, because nobody could tell what of it was: write it to a"
                + " file; sync count reads streams");
      }
      paths.add(file.path());
    }
    return paths;
  }
}
