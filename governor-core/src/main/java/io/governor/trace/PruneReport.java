package io.governor.trace;

import java.time.Instant;
import java.util.List;

/**
 * What pruning came to, or would. Immutable.
 *
 * @param removed the files, oldest first
 * @param needed files that are old enough and that somebody still needs
 * @param live files that would go, and that a session has open or wrote to within the hour
 * @param files how many traces are left
 * @param bytes how many bytes those have
 * @param more whether files are left that would go: this step was full
 * @param problems files that could not be removed, and why
 */
public record PruneReport(
    List<Removed> removed,
    long needed,
    long live,
    long files,
    long bytes,
    boolean more,
    List<String> problems) {

  public PruneReport {
    removed = List.copyOf(removed);
    problems = List.copyOf(problems);
  }

  /**
   * A file.
   *
   * @param file its path
   * @param bytes how many it had
   * @param last when it was written to last
   * @param reason why it goes
   */
  public record Removed(String file, long bytes, Instant last, Reason reason) {}

  /** Why a file goes. */
  public enum Reason {
    /** It was kept as long as asked. */
    AGE,
    /** All traces together are larger than they may be, and it is the oldest of what may go. */
    SIZE
  }
}
