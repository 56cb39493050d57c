package io.governor.trace;

import io.governor.event.EventEncoder;
import io.governor.event.TraceEvent;
import io.governor.file.OwnerOnly;
import io.governor.json.JsonWriter;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One trace file, opened for appending. A line is one byte array and one write call on an append
 * descriptor, so readers and other writers see whole lines and nothing else: no padding, no
 * preallocated tail. A write that fails half-way leaves a torn line; the next one closes it with a
 * line end and never cuts. Not safe for use by several threads; its owner's lock guards it.
 *
 * <p>The stream comes from {@link Files#newOutputStream}, whose channel an interrupt does not
 * close: agent frameworks cancel threads by interrupting them.
 */
final class TraceFile implements Closeable {

  /** Larger records were seen torn by kills; nothing that carries no arguments comes near. */
  static final int LONGEST_LINE = 64 * 1024;

  private static final int USUAL_LINE = 1024;

  private static final long LOOK_NANOS = 100_000_000L;

  private final Path path;
  private final boolean chained;
  private ChainEnd chain;
  private JsonWriter line = new JsonWriter(USUAL_LINE);
  private long size;
  private @Nullable OutputStream out;
  private @Nullable FileIdentity identity;
  private boolean tailInDoubt;
  private long seenAt;
  private long unseen;

  /**
   * @param head where the chain goes on
   */
  TraceFile(Path path, boolean chained, ChainHead head) {
    this.path = path;
    this.chained = chained;
    this.chain = new ChainEnd(head);
    this.tailInDoubt = true;
  }

  Path path() {
    return path;
  }

  ChainHead head() {
    return chain.head();
  }

  /** How many lines the chain has, those included that are gone. */
  long lines() {
    return chain.lines();
  }

  /**
   * Appends one event; it is on record when this returns.
   *
   * @return where its line begins; meaningful only while nobody else writes
   */
  long append(TraceEvent event) throws IOException {
    OutputStream stream = stream();
    encode(event);
    if (line.length() > LONGEST_LINE) {
      throw new IOException("the event is too large for a trace line");
    }
    write(stream);
    unseen++;
    if (chained) {
      chain.advance();
    }
    long offset = size;
    size += line.length();
    return offset;
  }

  private void encode(TraceEvent event) {
    // A buffer that one unusual line has blown up is not kept.
    line = line.buffer().length > 4 * USUAL_LINE ? new JsonWriter(USUAL_LINE) : line.truncate(0);
    EventEncoder.encode(event, line);
    if (chained) {
      chain.seal(line, 0);
    }
    line.raw('\n');
  }

  /**
   * Opens the file now rather than at the first append.
   *
   * @throws IOException if it cannot be opened
   */
  void ready() throws IOException {
    stream();
  }

  private void write(OutputStream stream) throws IOException {
    try {
      stream.write(line.buffer(), 0, line.length());
    } catch (IOException e) {
      tailInDoubt = true;
      throw e;
    }
  }

  private OutputStream stream() throws IOException {
    OutputStream stream = out;
    if (stream == null) {
      stream = open();
      out = stream;
    }
    if (tailInDoubt) {
      closeTornLine(stream);
      tailInDoubt = false;
    }
    return stream;
  }

  /**
   * Looks whether the file is still where it was opened, unless that was done a moment ago. A look
   * at every append would be dear, and an append to a removed file goes as well as any.
   *
   * @throws TraceVanishedException if it is not
   */
  void lookNowAndThen() throws TraceVanishedException {
    if (System.nanoTime() - seenAt > LOOK_NANOS) {
      look();
    }
  }

  /**
   * Looks whether the file is still where it was opened; one that never was opened is not looked
   * for.
   *
   * @throws TraceVanishedException if it is not
   */
  void look() throws TraceVanishedException {
    FileIdentity known = identity;
    if (known == null) {
      return;
    }
    if (known.isGoneFrom(path)) {
      throw new TraceVanishedException(unseen);
    }
    seen();
  }

  private void seen() {
    seenAt = System.nanoTime();
    unseen = 0;
  }

  private OutputStream open() throws IOException {
    OwnerOnly.createDirectories(Objects.requireNonNull(path.getParent()));
    OwnerOnly.ensureFile(path);
    OutputStream stream =
        Files.newOutputStream(path, StandardOpenOption.APPEND, LinkOption.NOFOLLOW_LINKS);
    FileIdentity found = FileIdentity.of(path);
    if (identity != null && !identity.equals(found)) {
      // Removed while it was closed; what is there now is none of ours and gets no lines of ours.
      stream.close();
      seenAt = System.nanoTime() - 2 * LOOK_NANOS;
      throw new TraceVanishedException(unseen);
    }
    identity = found;
    seen();
    return stream;
  }

  private void closeTornLine(OutputStream stream) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
      size = file.length();
      if (size == 0) {
        return;
      }
      file.seek(size - 1);
      if (file.read() != '\n') {
        stream.write('\n');
        size++;
      }
    }
  }

  /** Frees the descriptor; a later append opens it again. */
  @Override
  public void close() throws IOException {
    OutputStream stream = out;
    out = null;
    tailInDoubt = true;
    if (stream != null) {
      stream.close();
    }
  }
}
