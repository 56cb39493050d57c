package io.governor.trace;

import io.governor.file.ProcessLock;
import io.governor.trace.PruneReport.Reason;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Removes the traces of a state root that were kept as long as asked: whole files, oldest first by
 * the time they were written to last. Never one that a session has open, or that was written to
 * within the hour, or that somebody still needs; links are not followed. Of each file its last head
 * is put on record as pruned before it goes, so that nobody misses it. Of several processes one
 * removes at a time. Safe for use by several threads.
 */
public final class TraceRetention {

  private static final Duration LIVELY = Duration.ofHours(1);
  private static final String LOCK = ".lock";
  private static final String STATE = ".state";

  private static final Comparator<Candidate> OLDEST_FIRST =
      Comparator.comparing(Candidate::last).thenComparing(Candidate::file);

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

  /** A trace as it was found. */
  private record Candidate(Path file, long bytes, Instant last, FileStamp stamp) {}

  /**
   * What {@link #prune} would remove; nothing is changed.
   *
   * @throws IOException if the traces cannot be listed
   */
  public PruneReport dryRun(Instant now) throws IOException {
    return new Step(now, Integer.MAX_VALUE, null).run();
  }

  /**
   * Removes what is too old or too much.
   *
   * @param most how many files at most; the report says whether there are more
   * @throws IOException if the traces cannot be listed, the heads cannot be put on record, or
   *     another process prunes at this moment
   */
  public PruneReport prune(Instant now, int most) throws IOException {
    if (Files.notExists(TraceDirectory.traces(stateRoot))) {
      return dryRun(now);
    }
    ProcessLock lock = ProcessLock.tryAcquire(stateRoot.resolve("prune.lock"));
    if (lock == null) {
      throw new IOException("another process is removing old traces at this moment");
    }
    HeadLog heads = new HeadLog(stateRoot);
    try (lock) {
      return new Step(now, most, heads).run();
    } finally {
      heads.close();
    }
  }

  private List<Candidate> candidates() throws IOException {
    Path traces = TraceDirectory.traces(stateRoot);
    List<Candidate> found = new ArrayList<>();
    if (Files.exists(traces)) {
      Files.walkFileTree(traces, new Listing(found));
    }
    found.sort(OLDEST_FIRST);
    return found;
  }

  /** Lists what can be looked at; the rest stays. */
  private static final class Listing extends SimpleFileVisitor<Path> {

    private final List<Candidate> found;

    Listing(List<Candidate> found) {
      this.found = found;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      if (attributes.isRegularFile() && file.toString().endsWith(TraceFiles.SUFFIX)) {
        FileStamp stamp =
            new FileStamp(attributes.fileKey(), attributes.size(), attributes.lastModifiedTime());
        found.add(
            new Candidate(
                file, attributes.size(), attributes.lastModifiedTime().toInstant(), stamp));
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

    private final Instant now;
    private final int most;
    private final @Nullable HeadLog heads;
    private final List<PruneReport.Removed> removed = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private long needed;
    private long live;
    private long files;
    private long bytes;
    private boolean more;

    Step(Instant now, int most, @Nullable HeadLog heads) {
      this.now = now;
      this.most = most;
      this.heads = heads;
    }

    PruneReport run() throws IOException {
      List<Candidate> candidates = candidates();
      files = candidates.size();
      bytes = candidates.stream().mapToLong(Candidate::bytes).sum();
      for (Candidate candidate : candidates) {
        Reason reason = reason(candidate);
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

    private @Nullable Reason reason(Candidate candidate) {
      if (!candidate.last().isAfter(now.minus(config.retention()))) {
        return Reason.AGE;
      }
      return bytes > config.mostBytes() ? Reason.SIZE : null;
    }

    private void consider(Candidate candidate, Reason reason) throws IOException {
      if (candidate.last().isAfter(now.minus(LIVELY))) {
        live++;
      } else if (use.isNeeded(candidate.file())) {
        needed++;
      } else {
        locked(candidate, reason);
      }
    }

    /** Where a lock file says that sessions may come back, nobody else has the trace meanwhile. */
    private void locked(Candidate candidate, Reason reason) throws IOException {
      Path lockFile = beside(candidate.file(), LOCK);
      if (!Files.isRegularFile(lockFile, LinkOption.NOFOLLOW_LINKS)) {
        remove(candidate, reason);
        return;
      }
      ProcessLock lock = ProcessLock.tryAcquire(lockFile);
      if (lock == null) {
        live++;
        return;
      }
      try (lock) {
        remove(candidate, reason);
      }
    }

    private void remove(Candidate candidate, Reason reason) throws IOException {
      HeadLog log = heads;
      if (log != null) {
        if (!candidate.stamp().equals(FileStamp.of(candidate.file()))) {
          live++;
          return;
        }
        ChainHead head = head(candidate.file());
        log.pruned(candidate.file(), head);
        if (!delete(candidate.file())) {
          log.kept(candidate.file(), head);
          return;
        }
      }
      files--;
      bytes -= candidate.bytes();
      removed.add(
          new PruneReport.Removed(
              candidate.file().toString(), candidate.bytes(), candidate.last(), reason));
    }

    private boolean delete(Path file) {
      try {
        Files.deleteIfExists(file);
        Files.deleteIfExists(beside(file, STATE));
        return true;
      } catch (IOException e) {
        problems.add(file + ": " + IoReason.of(e));
        return false;
      }
    }
  }

  /** Where its chain has come to, as far as it holds; the start for a file without one. */
  private static ChainHead head(Path file) {
    try {
      ChainReport report = ChainVerifier.verify(file);
      String hash = report.head();
      return hash == null ? ChainHead.START : new ChainHead(hash, report.chainEnd());
    } catch (IOException e) {
      return ChainHead.START;
    }
  }

  private static Path beside(Path trace, String ending) {
    String name = Objects.requireNonNull(trace.getFileName()).toString();
    String base = name.substring(0, name.length() - TraceFiles.SUFFIX.length());
    return trace.resolveSibling(base + ending);
  }
}
