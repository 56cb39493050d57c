package io.governor.trace;

import io.governor.file.OwnerOnly;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Where each trace's chain had come to when it was closed or resumed, and every so often while it
 * grew: {@code heads.log} in the state root, appended and never rebuilt from a trace, so that a
 * tail that is cut off later shows (execution record, sections 3 and 10.1). Safe for use by several
 * threads and processes: a line is one write.
 */
final class HeadLog {

  /** The file's name in the state root. */
  static final String NAME = "heads.log";

  /** While a trace grows, its head goes on record with its first line and then so often. */
  private static final int REACH = 32;

  /** Until it is that long, each time it has doubled from here. */
  private static final int FIRST_REACH = 8;

  private final Path stateRoot;
  private final Path file;
  private final Flusher flusher;
  private final ReentrantLock lock = new ReentrantLock();

  // Guarded by lock.
  private @Nullable OutputStream out;
  private @Nullable FileIdentity identity;
  private boolean isNew;

  HeadLog(Path stateRoot) {
    this(stateRoot, Flusher.NEVER);
  }

  HeadLog(Path stateRoot, Flusher flusher) {
    this.stateRoot = stateRoot;
    this.flusher = flusher;
    this.file = stateRoot.resolve(NAME);
  }

  /**
   * Records where a chain has come to.
   *
   * @param why what {@link HeadRecord} has words for
   */
  void record(TraceFile trace, String why) throws IOException {
    ChainHead head = trace.head();
    if (head.lines() > 0) {
      append(new HeadRecord(name(trace.path()), head, why));
    }
  }

  /**
   * Records where the chain of a growing trace has come to, if it has come by a mark since it had
   * so many lines. The lines themselves are on record: that this could not be is nobody's loss, and
   * the next mark makes up for it.
   */
  void grown(TraceFile trace, long before) {
    if (mark(trace.lines()) > before) {
      try {
        record(trace, HeadRecord.REACHED);
      } catch (IOException e) {
        // As said above.
      }
    }
  }

  /**
   * The last mark up to so many lines: 1, 8, 16, 32, and every further 32. What a killed writer
   * leaves behind a mark has no head on record.
   */
  static long mark(long lines) {
    if (lines < FIRST_REACH) {
      return Math.min(lines, 1);
    }
    return lines < REACH ? Long.highestOneBit(lines) : lines - lines % REACH;
  }

  /** Puts on record that a trace goes because of its age. */
  void pruned(Path trace, ChainHead head) throws IOException {
    append(new HeadRecord(name(trace), head, HeadRecord.PRUNED));
  }

  /** Takes that back: the trace could not be removed. */
  void kept(Path trace, ChainHead head) throws IOException {
    if (head.lines() > 0) {
      append(new HeadRecord(name(trace), head, HeadRecord.CLOSED));
    }
  }

  private void append(HeadRecord head) throws IOException {
    byte[] line = head.line();
    lock.lock();
    try {
      write(line);
    } finally {
      lock.unlock();
    }
  }

  private void write(byte[] line) throws IOException {
    OutputStream stream = stream();
    try {
      stream.write(line);
    } catch (IOException e) {
      // What was written of it gets its line end when the log is opened again.
      closeStream();
      throw e;
    }
    flusher.written(file, isNew);
    isNew = false;
  }

  /** The open log, or a new one where it was removed: heads are rare enough to look each time. */
  private OutputStream stream() throws IOException {
    if (out != null && (identity == null || identity.isGoneFrom(file))) {
      closeStream();
    }
    OutputStream stream = out;
    if (stream == null) {
      OwnerOnly.createDirectories(stateRoot);
      OwnerOnly.ensureFile(file);
      stream = Files.newOutputStream(file, StandardOpenOption.APPEND, LinkOption.NOFOLLOW_LINKS);
      out = stream;
      isNew = closeTornLine(stream);
      identity = FileIdentity.of(file);
    }
    return stream;
  }

  /**
   * A line that was cut off before is not joined by the next; one that a kill cuts off elsewhere
   * while this is open may be, and both are read all the same.
   *
   * @return whether there is no line yet
   */
  private boolean closeTornLine(OutputStream stream) throws IOException {
    FileEnd end = FileEnd.of(file);
    if (end.torn()) {
      stream.write('\n');
    }
    return end.size() == 0;
  }

  /** The last recorded head of a trace, or null when none is on record. */
  @Nullable ChainHead find(Path trace) throws IOException {
    List<ChainHead> heads = findAll(trace);
    return heads.isEmpty() ? null : heads.get(heads.size() - 1);
  }

  /** The recorded heads of a trace, in the order in which they were recorded. */
  List<ChainHead> findAll(Path trace) throws IOException {
    List<ChainHead> found = new ArrayList<>();
    if (FileStamp.existing(file) == null) {
      return found;
    }
    String name = name(trace);
    try (InputStream in = Files.newInputStream(file)) {
      HeadLines.readOf(
          name,
          in,
          (head, line, offset) -> {
            if (head.trace().equals(name)) {
              note(head, found);
            }
          });
    }
    return found;
  }

  private static void note(HeadRecord head, List<ChainHead> found) {
    if (head.isPruned()) {
      found.clear();
    } else {
      found.add(head.head());
    }
  }

  private String name(Path trace) {
    return Objects.requireNonNull(stateRoot.relativize(trace)).toString().replace('\\', '/');
  }

  void close() throws IOException {
    lock.lock();
    try {
      closeStream();
    } finally {
      lock.unlock();
    }
  }

  private void closeStream() throws IOException {
    OutputStream stream = out;
    out = null;
    identity = null;
    if (stream != null) {
      stream.close();
    }
  }
}
