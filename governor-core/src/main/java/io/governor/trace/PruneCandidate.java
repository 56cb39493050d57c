package io.governor.trace;

import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.Comparator;
import java.util.Objects;

/**
 * A trace as it looked when it was listed. Immutable.
 *
 * @param bytes its size
 * @param last when it was written to last
 */
record PruneCandidate(Path file, long bytes, Instant last) {

  static final Comparator<PruneCandidate> OLDEST_FIRST =
      Comparator.comparing(PruneCandidate::last).thenComparing(PruneCandidate::file);

  static PruneCandidate of(Path file, BasicFileAttributes found) {
    return new PruneCandidate(file, found.size(), found.lastModifiedTime().toInstant());
  }

  boolean looksLike(FileStamp now) {
    return bytes == now.size() && last.equals(now.modified().toInstant());
  }

  /** The file of the same session with another ending. */
  Path beside(String ending) {
    String name = Objects.requireNonNull(file.getFileName()).toString();
    String base = name.substring(0, name.length() - TraceFiles.SUFFIX.length());
    return file.resolveSibling(base + ending);
  }
}
