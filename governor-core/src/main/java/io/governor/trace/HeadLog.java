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
 * Where each trace's chain had come to when it was last closed, rotated or resumed: {@code
 * heads.log} in the state root, appended and never rebuilt from a trace, so that a tail that is cut
 * off later shows (execution record, sections 3 and 10.1). Safe for use by several threads and
 * processes: a line is one write.
 */
final class HeadLog {

  /** The file's name in the state root. */
  static final String NAME = "heads.log";

  private final Path stateRoot;
  private final Path file;
  private final Flusher flusher;
  private final ReentrantLock lock = new ReentrantLock();

  // Guarded by lock.
  private @Nullable OutputStream out;
  private @Nullable FileIdentity identity;

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
      OutputStream stream = stream();
      boolean begun = closeTornLine(stream);
      stream.write(line);
      flusher.written(file, begun);
    } finally {
      lock.unlock();
    }
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
      identity = FileIdentity.of(file);
    }
    return stream;
  }

  /**
   * A line that a kill cut off, of whichever process, is not joined by the next.
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
    if (!Files.exists(file)) {
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
