package io.governor.trace;

import io.governor.event.TraceEvent;
import io.governor.file.ProcessLock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A trace with one writer. When another process holds the session already, this one writes beside
 * it, into {@code <session>+2.jsonl} and so on, with a chain of its own (execution record, section
 * 10.2). Its descriptors may be taken away between two uses and are had again at the next.
 */
final class ExclusiveTrace implements SessionTrace, OpenTraces.Suspendable {

  private static final int MOST_WRITERS = 1000;

  private final TraceDirectory directory;
  private final String surface;
  private final String sessionId;
  private final boolean unique;
  private final ReentrantLock inUse = new ReentrantLock();

  // Guarded by inUse.
  private @Nullable TraceFile file;
  private @Nullable ProcessLock lock;
  private long sizeWhenSuspended = -1;
  private int writer = 1;

  /** Lock files stay: where there was none, no head of the trace is on record but our own. */
  private boolean usedBefore;

  private volatile long lastUse;

  ExclusiveTrace(TraceDirectory directory, String surface, String sessionId, boolean unique) {
    this.directory = directory;
    this.surface = surface;
    this.sessionId = sessionId;
    this.unique = unique;
  }

  @Override
  public @Nullable SessionSnapshot begin() throws IOException {
    lastUse = System.nanoTime();
    inUse.lock();
    try {
      return ready();
    } catch (IOException | RuntimeException e) {
      try {
        if (e instanceof TraceVanishedException) {
          forget();
        }
      } finally {
        inUse.unlock();
      }
      throw e;
    }
  }

  private @Nullable SessionSnapshot ready() throws IOException {
    TraceFile current = file;
    if (current == null) {
      return open(null);
    }
    if (sizeWhenSuspended >= 0) {
      current.look();
      return open(current);
    }
    if (current.isUnknown()) {
      current.look();
      return readAnew(current);
    }
    current.lookNowAndThen();
    return null;
  }

  /**
   * Gets the descriptors and the lock; without both, as before.
   *
   * @param suspended what is known of the file, which holds unless the file changed since; or null
   */
  private @Nullable SessionSnapshot open(@Nullable TraceFile suspended) throws IOException {
    acquire();
    try {
      SessionSnapshot found = isUnchanged(suspended) ? null : load(suspended);
      sizeWhenSuspended = -1;
      directory.openTraces().add(this);
      return found;
    } catch (IOException | RuntimeException e) {
      releaseLock();
      throw e;
    }
  }

  private boolean isUnchanged(@Nullable TraceFile known) throws IOException {
    return known != null
        && !known.isUnknown()
        && known.path().equals(path())
        && size(known.path()) == sizeWhenSuspended;
  }

  private @Nullable SessionSnapshot readAnew(TraceFile unknown) throws IOException {
    try (unknown) {
      return load(unknown);
    }
  }

  /**
   * @param before the file as this session knew it, whose head it is to have still; or null
   */
  private @Nullable SessionSnapshot load(@Nullable TraceFile before) throws IOException {
    Path path = path();
    boolean empty = size(path) == 0;
    ChainHead known = before != null && before.path().equals(path) ? before.head() : null;
    TraceDirectory.Loaded loaded =
        empty && !usedBefore && known == null
            ? directory.begun(path)
            : directory.load(path, sessionId, known, directory.flusher());
    // Whoever verifies must be told before the first line that something is missing.
    loaded.resumed(directory.heads());
    if (empty) {
      ready(loaded.file());
    }
    file = loaded.file();
    // Beside another writer we go on from what we know, for that writer has the file.
    return empty && writer > 1 ? null : loaded.snapshot();
  }

  private static void ready(TraceFile file) throws IOException {
    try {
      file.ready();
    } catch (IOException e) {
      try (file) {
        throw e;
      }
    }
  }

  private static long size(Path path) throws IOException {
    FileStamp found = FileStamp.existing(path);
    return found == null ? 0 : found.size();
  }

  private Path path() {
    String suffix = writer == 1 ? "" : "+" + writer;
    return directory.file(surface, sessionId, suffix + ".jsonl");
  }

  private void acquire() throws IOException {
    if (unique) {
      return;
    }
    for (writer = 1; writer <= MOST_WRITERS; writer++) {
      String suffix = writer == 1 ? "" : "+" + writer;
      Path lockPath = directory.file(surface, sessionId, suffix + ".lock");
      usedBefore |= FileStamp.existing(lockPath) != null;
      lock = ProcessLock.tryAcquire(lockPath);
      if (lock != null) {
        return;
      }
    }
    throw new IOException("the session's trace is locked by too many other writers");
  }

  @Override
  public void append(TraceEvent event) throws IOException {
    TraceFile current = file;
    if (current == null) {
      throw new IOException("the trace is not open");
    }
    long before = current.lines();
    current.append(event);
    directory.heads().grown(current, before);
  }

  @Override
  public boolean end(Supplier<SessionSnapshot> now) {
    inUse.unlock();
    return false;
  }

  @Override
  public long lastUse() {
    return lastUse;
  }

  @Override
  public boolean suspend() {
    if (inUse.isHeldByCurrentThread() || !inUse.tryLock()) {
      return false;
    }
    try {
      TraceFile current = file;
      if (current == null || sizeWhenSuspended >= 0) {
        return false;
      }
      sizeWhenSuspended = suspended(current);
      return true;
    } catch (IOException e) {
      // The next use reads it.
      file = null;
      return true;
    } finally {
      releaseLock();
      inUse.unlock();
    }
  }

  /** Frees the descriptor, and says how long the file is. */
  private static long suspended(TraceFile current) throws IOException {
    try (current) {
      current.look();
    } catch (TraceVanishedException e) {
      // Found again by the next use, which is the session's own and can tell it.
    }
    return size(current.path());
  }

  @Override
  public void close(boolean ended, Supplier<SessionSnapshot> now) throws IOException {
    directory.openTraces().remove(this);
    inUse.lock();
    try {
      TraceFile current = file;
      file = null;
      sizeWhenSuspended = -1;
      if (current != null) {
        close(current);
      }
    } finally {
      releaseLock();
      inUse.unlock();
    }
  }

  /** Only what is there to be read is final, and only its head goes on record. */
  private void close(TraceFile current) throws IOException {
    try (current) {
      current.look();
    }
    directory.heads().record(current, HeadRecord.CLOSED);
  }

  /** The file is gone: the lock that lay beside it, and the descriptors, are of no use any more. */
  private void forget() throws IOException {
    TraceFile gone = file;
    file = null;
    usedBefore = true;
    sizeWhenSuspended = -1;
    try (gone) {
      releaseLock();
    }
  }

  private void releaseLock() {
    ProcessLock held = lock;
    lock = null;
    if (held != null) {
      held.close();
    }
  }
}
