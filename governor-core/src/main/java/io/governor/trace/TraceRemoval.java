package io.governor.trace;

import io.governor.file.ProcessLock;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * Removes one trace at a time so that nobody misses it: its last head goes on record as pruned,
 * then the state beside it goes, then the trace. Killed after any of these, what is left is a trace
 * that goes on. Who calls it holds the lock that one at a time prunes under. Not safe for use by
 * several threads.
 */
final class TraceRemoval {

  private static final String LOCK = ".lock";
  private static final String STATE = ".state";

  private final HeadLog heads;
  private final Consumer<String> problems;
  private final long mostRead;

  /**
   * @param problems hears of what could not be removed, and why
   * @param mostRead how many bytes a trace may have to be read for the head that goes on record; of
   *     a larger one it is the head that its state file or its last line knows
   */
  TraceRemoval(HeadLog heads, Consumer<String> problems, long mostRead) {
    this.heads = heads;
    this.problems = problems;
    this.mostRead = mostRead;
  }

  /** What became of a trace. */
  enum Outcome {
    REMOVED,
    /** A session has it open, or it is not what it was when it was listed. */
    IN_USE,
    /** It was gone already. */
    GONE,
    /** It stays, and the problems say why. */
    STUCK
  }

  /** Whether a session has the trace open, as far as its lock file tells; nothing is made. */
  static boolean isLocked(PruneCandidate trace) throws IOException {
    Path lockFile = trace.beside(LOCK);
    if (!Files.isRegularFile(lockFile, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    try (ProcessLock lock = ProcessLock.tryAcquire(lockFile)) {
      return lock == null;
    }
  }

  /**
   * Removes a trace, unless it is in use. Where a lock file says that its session may come back,
   * nobody else has it meanwhile.
   *
   * @throws IOException if nobody can tell whether it is in use, or its head cannot be put on
   *     record
   */
  Outcome remove(PruneCandidate trace) throws IOException {
    Path lockFile = trace.beside(LOCK);
    if (!Files.isRegularFile(lockFile, LinkOption.NOFOLLOW_LINKS)) {
      return removeUnlocked(trace);
    }
    ProcessLock lock = ProcessLock.tryAcquire(lockFile);
    if (lock == null) {
      return Outcome.IN_USE;
    }
    try (lock) {
      return removeUnlocked(trace);
    }
  }

  private Outcome removeUnlocked(PruneCandidate trace) throws IOException {
    FileStamp now;
    try {
      now = FileStamp.existing(trace.file());
    } catch (IOException e) {
      return stuck(trace, e);
    }
    if (now == null) {
      return Outcome.GONE;
    }
    return trace.looksLike(now) ? removeForGood(trace) : Outcome.IN_USE;
  }

  private Outcome stuck(PruneCandidate trace, IOException e) {
    problems.accept(trace.file() + ": " + IoReason.of(e));
    return Outcome.STUCK;
  }

  private Outcome removeForGood(PruneCandidate trace) throws IOException {
    ChainHead head = head(trace);
    heads.pruned(trace.file(), head);
    try {
      // A state without its trace would make a session that comes back miss what was removed.
      Files.deleteIfExists(trace.beside(STATE));
      Files.deleteIfExists(trace.file());
      return Outcome.REMOVED;
    } catch (IOException e) {
      heads.kept(trace.file(), verified(trace));
      return stuck(trace, e);
    }
  }

  /** Where its chain has come to, as far as it is known; the start for a file without one. */
  private ChainHead head(PruneCandidate trace) {
    if (trace.bytes() <= mostRead) {
      return verified(trace);
    }
    TraceKeys keys = TraceKeys.none(trace.file());
    ChainHead known = new SessionStateFile(trace.beside(STATE), trace.file(), keys).head();
    return known == null ? last(trace) : known;
  }

  private static ChainHead verified(PruneCandidate trace) {
    try {
      ChainReport report = ChainVerifier.verify(trace.file());
      String hash = report.head();
      return hash == null ? ChainHead.START : new ChainHead(hash, report.chainEnd());
    } catch (IOException e) {
      return ChainHead.START;
    }
  }

  /** What the last line says, without a number of lines: for that all of them had to be read. */
  private static ChainHead last(PruneCandidate trace) {
    int length = (int) Math.min(trace.bytes(), HashChain.TAIL_BYTES + 1);
    byte[] end = new byte[length];
    try (InputStream in = Files.newInputStream(trace.file(), LinkOption.NOFOLLOW_LINKS)) {
      in.skipNBytes(trace.bytes() - length);
      in.readNBytes(end, 0, length);
    } catch (IOException e) {
      return ChainHead.START;
    }
    HashChain.Link link = HashChain.linkOf(end, 0, Math.max(0, length - 1));
    return link == null ? ChainHead.START : new ChainHead(link.hash(), 0);
  }
}
