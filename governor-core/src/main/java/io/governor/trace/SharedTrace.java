package io.governor.trace;

import io.governor.crypt.Sealing;
import io.governor.crypt.Section;
import io.governor.event.TraceEvent;
import io.governor.file.ProcessLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A trace that processes take turns in, as hooks do: from {@link #begin()} to {@link #end} an
 * exclusive lock on {@code <session>.lock} keeps the others out, and {@code <session>.state} tells
 * the next one where to go on, checked against the trace, which is the truth (execution record,
 * section 10.3). With a valid state the cost of a use does not depend on the length of the trace.
 *
 * <p>Who used it last here need not read again what nobody has touched since: a trace that others
 * wrote to is longer, and a state that they replaced is another file.
 */
final class SharedTrace implements SessionTrace {

  private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

  private final TraceDirectory directory;
  private final Flusher flusher;
  private final Path path;
  private final Path lockPath;
  private final SessionStateFile stateFile;
  private final String sessionId;

  /** What the last use here left behind, or null when that is not known. */
  private @Nullable Left left;

  /**
   * What a use left behind.
   *
   * @param stored what the state file holds
   * @param state the state file then
   * @param trace the trace then
   */
  private record Left(SessionStateFile.Stored stored, FileStamp state, FileStamp trace) {}

  // Of one use.
  private @Nullable ProcessLock lock;
  private @Nullable TraceFile file;
  private long linesBefore;
  private long lastLineOffset;
  private SessionStateFile.@Nullable Stored kept;

  SharedTrace(TraceDirectory directory, String surface, String sessionId, Flusher flusher) {
    this.directory = directory;
    this.flusher = flusher;
    this.path = directory.file(surface, sessionId, ".jsonl");
    this.lockPath = directory.file(surface, sessionId, ".lock");
    this.stateFile =
        new SessionStateFile(directory.file(surface, sessionId, ".state"), path, directory.keys());
    this.sessionId = sessionId;
  }

  @Override
  public @Nullable SessionSnapshot begin() throws IOException {
    lock = ProcessLock.await(lockPath, LONGEST_WAIT);
    try {
      SessionStateFile.Stored mine = untouched();
      if (mine != null) {
        return goOn(mine);
      }
      SessionStateFile.Stored stored = stateFile.read(sessionId);
      return stored != null && stateFile.fits(stored, sessionId) ? goOn(stored) : rebuild(stored);
    } catch (IOException | RuntimeException e) {
      release();
      throw e;
    }
  }

  /** What was left here, if nobody has used the session since. */
  private SessionStateFile.@Nullable Stored untouched() {
    Left mine = left;
    left = null;
    return mine != null
            && mine.state().equals(FileStamp.of(stateFile.path()))
            && mine.trace().equals(FileStamp.of(path))
        ? mine.stored()
        : null;
  }

  private SessionSnapshot goOn(SessionStateFile.Stored stored) throws IOException {
    Section.Place place = stored.section();
    Section section = place == null ? null : stateFile.section(place);
    Sealing sealing = directory.keys().goOn(section);
    file = new TraceFile(path, directory.chained(), stored.head(), flusher, sealing);
    linesBefore = stored.head().lines();
    lastLineOffset = stored.lastLineOffset();
    kept = stored;
    return stored.snapshot();
  }

  /**
   * The state does not fit the trace. Two things of it still count: a head further than the trace
   * shows that a tail is missing; and losses, unless an event was written since, which told them.
   */
  private SessionSnapshot rebuild(SessionStateFile.@Nullable Stored stored) throws IOException {
    ChainHead known = stored == null ? null : stored.head();
    TraceDirectory.Loaded loaded = directory.load(path, sessionId, known, flusher);
    loaded.resumed(directory.heads());
    file = loaded.file();
    linesBefore = loaded.file().lines();
    lastLineOffset = loaded.lastLineOffset();
    kept = null;
    SessionSnapshot found = loaded.snapshot();
    return stored != null && stored.snapshot().sequence() == found.sequence()
        ? found.withLost(stored.snapshot().lost())
        : found;
  }

  @Override
  public void append(TraceEvent event) throws IOException {
    TraceFile current = file;
    if (current == null) {
      throw new IOException("the trace is not open");
    }
    lastLineOffset = current.append(event);
  }

  @Override
  public boolean end(Supplier<SessionSnapshot> now) throws IOException {
    TraceFile current = file;
    file = null;
    try {
      if (current == null) {
        return false;
      }
      try (current) {
        current.look();
      }
      flusher.flush();
      if (current.isUnknown()) {
        throw new IOException("where the trace stops is not known");
      }
      directory.heads().grown(current, linesBefore);
      SessionSnapshot snapshot = now.get();
      SessionStateFile.Stored stored = kept;
      if (stored == null || !snapshot.equals(stored.snapshot())) {
        Section section = current.section();
        stored =
            new SessionStateFile.Stored(
                snapshot, lastLineOffset, current.head(), section == null ? null : section.place());
        stateFile.write(sessionId, stored);
      }
      remember(stored);
      return true;
    } finally {
      release();
    }
  }

  private void remember(SessionStateFile.Stored stored) {
    FileStamp state = FileStamp.of(stateFile.path());
    FileStamp trace = FileStamp.of(path);
    left = state == null || trace == null ? null : new Left(stored, state, trace);
  }

  private void release() {
    ProcessLock held = lock;
    lock = null;
    file = null;
    if (held != null) {
      held.close();
    }
  }

  /** When the session is over its head goes on record, once. */
  @Override
  public void close(boolean ended, Supplier<SessionSnapshot> now) throws IOException {
    if (!ended || !Files.exists(path)) {
      return;
    }
    begin();
    try {
      TraceFile current = file;
      if (current != null && !current.head().equals(directory.heads().find(path))) {
        directory.heads().record(current, HeadRecord.CLOSED);
      }
    } finally {
      release();
    }
  }
}
