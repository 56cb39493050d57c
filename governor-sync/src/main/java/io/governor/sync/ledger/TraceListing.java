package io.governor.sync.ledger;

import io.governor.sync.SyncException;
import io.governor.sync.count.SourceFiles;
import io.governor.trace.IoReason;
import io.governor.trace.ReadProblem;
import io.governor.trace.TraceFiles.Found;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The files of sources and how they look. Confined to one thread. */
final class TraceListing {

  private final SourceFiles sources = new SourceFiles();
  private final Map<Path, Stamp> files = new LinkedHashMap<>();

  private TraceListing() {}

  /**
   * Lists sources.
   *
   * @throws SyncException of kind {@code INPUT} if there is nothing at a source's path, or it
   *     cannot be looked into
   */
  static TraceListing of(List<Path> sources) throws SyncException {
    TraceListing listing = new TraceListing();
    for (Path source : sources) {
      listing.list(source.toAbsolutePath().normalize());
    }
    return listing;
  }

  /** The files, those of a source in order of path. */
  Map<Path, Stamp> files() {
    return files;
  }

  /** What was passed over, and why. */
  List<ReadProblem> problems() {
    return sources.problems();
  }

  /** How many of those may be files with events. */
  long unreadable() {
    return sources.unreadable();
  }

  private void list(Path source) throws SyncException {
    try {
      sources.of(source).forEach(this::look);
    } catch (IOException e) {
      throw e.getCause() instanceof NoSuchFileException
          ? SyncException.input(
              source
                  + ": there is no such file or directory; a source is a trace file, or a"
                  + " directory with *.jsonl files below it",
              e)
          : SyncException.input(String.valueOf(e.getMessage()), e);
    }
  }

  private void look(Found file) {
    try {
      files.put(file.path(), Stamp.of(file.path(), file.attributes()));
    } catch (NoSuchFileException e) {
      // It was rotated or removed just now.
    } catch (IOException e) {
      sources.unreadable(file.path().toString(), IoReason.of(e));
    }
  }
}
