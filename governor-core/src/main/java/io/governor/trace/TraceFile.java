package io.governor.trace;

import io.governor.crypt.Sealing;
import io.governor.crypt.Section;
import io.governor.event.EventEncoder;
import io.governor.event.TraceEvent;
import io.governor.file.OwnerOnly;
import io.governor.json.JsonWriter;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One trace file, opened for appending. A line is one byte array and one write call on an append
 * descriptor, so readers and other writers see whole lines and nothing else: no padding, no
 * preallocated tail. Not safe for use by several threads; its owner's lock guards it.
 *
 * <p>A write that fails may have left a part of its line. How much is looked up at once, because
 * what readers see decides: a line that only lacks its end is an event, so it is on record and the
 * chain goes on from it; a shorter one is torn. Either gets its line end from the next append, and
 * nothing is ever cut. When it cannot be looked up, nothing more is appended here, and the owner
 * reads the file anew.
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
  private final Flusher flusher;
  private final @Nullable Sealing sealing;
  private ChainEnd chain;
  private JsonWriter line = new JsonWriter(USUAL_LINE);

  /** What is written of the line: itself, or what becomes of it. */
  private JsonWriter block = line;

  private long size;
  private @Nullable OutputStream out;
  private @Nullable FileIdentity identity;
  private boolean tailInDoubt;
  private boolean unknown;
  private long seenAt;
  private long unseen;

  /**
   * @param head where the chain goes on
   * @param flusher forces what is appended
   * @param sealing turns lines into what is written; null when they are written as they are
   */
  TraceFile(
      Path path, boolean chained, ChainHead head, Flusher flusher, @Nullable Sealing sealing) {
    this.path = path;
    this.flusher = flusher;
    this.sealing = sealing;
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
    boolean first = size == 0;
    long offset = seal();
    write(stream);
    unseen++;
    if (chained) {
      chain.advance();
    }
    flusher.written(path, first);
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

  /** Has the block to be written at hand, and says where in the file the line will begin. */
  private long seal() throws IOException {
    if (sealing == null) {
      block = line;
      return size;
    }
    block = new JsonWriter(2 * line.length());
    return sealing.seal(line.buffer(), line.length() - 1, size, block);
  }

  /** The encrypted section that the next line is written to; null when there is none. */
  @Nullable Section section() {
    return sealing == null ? null : sealing.section();
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
      stream.write(block.buffer(), 0, block.length());
      size += block.length();
    } catch (IOException e) {
      if (!isOnRecord(taken())) {
        forgetSection();
        throw e;
      }
    }
  }

  private boolean isOnRecord(long taken) {
    return taken == block.length() - 1 || taken == block.length();
  }

  private void forgetSection() {
    if (sealing != null) {
      sealing.failed();
    }
  }

  /**
   * How many bytes of the line a failed write has left: nobody else writes, so the length tells.
   */
  private long taken() {
    FileStamp now = FileStamp.of(path);
    long taken =
        now != null && new FileIdentity(now.key()).equals(identity) ? now.size() - size : -1;
    unknown = taken < 0 || taken > block.length();
    tailInDoubt = taken != 0 && taken != block.length();
    size += Math.max(0, taken);
    return taken;
  }

  /** Whether only the file itself can tell what the last append has left there. */
  boolean isUnknown() {
    return unknown;
  }

  private OutputStream stream() throws IOException {
    if (unknown) {
      throw new IOException("what the trace ends with is not known");
    }
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
    try {
      identify();
      return stream;
    } catch (IOException e) {
      try (stream) {
        throw e;
      }
    }
  }

  private void identify() throws IOException {
    FileIdentity found = FileIdentity.of(path);
    if (identity != null && !identity.equals(found)) {
      // Removed while it was closed; what is there now is none of ours and gets no lines of ours.
      seenAt = System.nanoTime() - 2 * LOOK_NANOS;
      throw new TraceVanishedException(unseen);
    }
    identity = found;
    seen();
  }

  private void closeTornLine(OutputStream stream) throws IOException {
    FileEnd end = FileEnd.of(path);
    size = end.size();
    if (end.torn()) {
      stream.write('\n');
      size++;
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
