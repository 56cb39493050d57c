package io.governor.trace;

import io.governor.file.ProcessLock;
import io.governor.trace.PruneReport.Reason;
import io.governor.trace.TraceRemoval.Outcome;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Removes the traces of a state root that were kept as long as asked: whole files, oldest first by
 * the time they were written to last. Never one that a session has open, or that was written to
 * within the hour, or that somebody still needs; links are not followed. Of each file its last head
 * is put on record as pruned before it goes, so that nobody misses it. Of several processes one
 * removes at a time. Safe for use by several threads.
 */
public final class TraceRetention {

  private final Path stateRoot;
  private final TraceConfig config;
  private final TraceUse use;

  private TraceRetention(Path stateRoot, TraceConfig config, TraceUse use) {
    this.stateRoot = stateRoot.toAbsolutePath().normalize();
    this.config = config;
    this.use = use;
  }

  /** The retention of a state root. */
  public static TraceRetention of(Path stateRoot, TraceConfig config, TraceUse use) {
    return new TraceRetention(stateRoot, config, use);
  }

  /**
   * What {@link #prune} would remove; nothing is changed.
   *
   * @throws IOException if the traces cannot be listed
   */
  public PruneReport dryRun(Instant now) throws IOException {
    return new Step(RetentionRule.of(config, now), Integer.MAX_VALUE, null).run();
  }

  /**
   * Removes what is too old or too much.
   *
   * @param most how many files at most; the report says whether there are more
   * @throws IOException if the traces cannot be listed, the heads cannot be put on record, or
   *     another process prunes at this moment
   */
  public PruneReport prune(Instant now, int most) throws IOException {
    PruneReport report = tryPrune(now, most);
    if (report == null) {
      throw new IOException("another process is removing old traces at this moment");
    }
    return report;
  }

  /** As {@link #prune}; null when another process prunes at this moment. */
  @Nullable PruneReport tryPrune(Instant now, int most) throws IOException {
    if (Files.notExists(TraceDirectory.traces(stateRoot))) {
      return dryRun(now);
    }
    PruneFiles files = PruneFiles.of(stateRoot);
    ProcessLock lock = ProcessLock.tryAcquire(files.lock());
    if (lock == null) {
      return null;
    }
    HeadLog heads = new HeadLog(stateRoot);
    try (lock) {
      // What a round has added up does not hold any more.
      Files.deleteIfExists(files.round());
      return new Step(RetentionRule.of(config, now), most, heads).run();
    } finally {
      heads.close();
    }
  }

  private List<PruneCandidate> candidates() throws IOException {
    Path traces = TraceDirectory.traces(stateRoot);
    List<PruneCandidate> found = new ArrayList<>();
    if (Files.exists(traces)) {
      Files.walkFileTree(traces, new Listing(found));
    }
    found.sort(PruneCandidate.OLDEST_FIRST);
    return found;
  }

  /** Lists what can be looked at; the rest stays. */
  private static final class Listing extends SimpleFileVisitor<Path> {

    private final List<PruneCandidate> found;

    Listing(List<PruneCandidate> found) {
      this.found = found;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      if (attributes.isRegularFile() && file.toString().endsWith(TraceFiles.SUFFIX)) {
        found.add(PruneCandidate.of(file, attributes));
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) {
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException e) {
      return FileVisitResult.CONTINUE;
    }
  }

  /** One run over the traces, confined to one thread. */
  private final class Step {

    private final RetentionRule rule;
    private final int most;
    private final @Nullable TraceRemoval removal;
    private final List<PruneReport.Removed> removed = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private long needed;
    private long live;
    private long files;
    private long bytes;
    private boolean more;

    /**
     * @param heads puts on record what goes, or null for a dry run
     */
    Step(RetentionRule rule, int most, @Nullable HeadLog heads) {
      this.rule = rule;
      this.most = most;
      this.removal = heads == null ? null : new TraceRemoval(heads, problems::add, Long.MAX_VALUE);
    }

    PruneReport run() throws IOException {
      List<PruneCandidate> candidates = candidates();
      files = candidates.size();
      bytes = candidates.stream().mapToLong(PruneCandidate::bytes).sum();
      for (PruneCandidate candidate : candidates) {
        Reason reason = rule.reason(candidate.last(), bytes);
        if (reason == null) {
          // Whatever comes is younger.
          break;
        }
        if (removed.size() == most) {
          more = true;
          break;
        }
        consider(candidate, reason);
      }
      return new PruneReport(removed, needed, live, files, bytes, more, problems);
    }

    private void consider(PruneCandidate candidate, Reason reason) throws IOException {
      if (rule.isLively(candidate.last())) {
        live++;
      } else if (use.isNeeded(candidate.file())) {
        needed++;
      } else {
        remove(candidate, reason);
      }
    }

    private void remove(PruneCandidate candidate, Reason reason) throws IOException {
      Outcome outcome = outcome(candidate);
      if (outcome == Outcome.IN_USE) {
        live++;
      } else if (outcome != Outcome.STUCK) {
        files--;
        bytes -= candidate.bytes();
      }
      if (outcome == Outcome.REMOVED) {
        removed.add(
            new PruneReport.Removed(
                candidate.file().toString(), candidate.bytes(), candidate.last(), reason));
      }
    }

    private Outcome outcome(PruneCandidate candidate) throws IOException {
      if (removal != null) {
        return removal.remove(candidate);
      }
      return TraceRemoval.isLocked(candidate) ? Outcome.IN_USE : Outcome.REMOVED;
    }
  }
}
