package io.governor.trace;

import io.governor.crypt.DecryptionException;
import io.governor.event.EventDecoder;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;

/**
 * The lines of a stream, each without its {@code \n} and otherwise as it is. Holds one chunk and at
 * most one line of {@link EventDecoder#MAX_LINE_BYTES}; a longer line is passed over. Confined to
 * one thread; the stream stays open.
 */
final class LineReader implements Records {

  /** One more than an event may have, for the {@code \r} of a line that ends in two characters. */
  private static final int MAX_HELD = EventDecoder.MAX_LINE_BYTES + 1;

  private final Chunks in;
  private long nextLine;

  /** The part of the current line that came in earlier chunks. */
  private byte[] held = new byte[0];

  private byte[] buffer = held;
  private int start;
  private int length;
  private long offset;
  private long line;
  private boolean tooLong;
  private boolean ended;

  LineReader(InputStream in) {
    this(in, 0, 1);
  }

  /** Reads a stream that begins in the middle of a source. */
  LineReader(InputStream in, long offset, long line) {
    this.in = new Chunks(in, offset);
    this.nextLine = line;
  }

  /**
   * Passes over a byte-order mark and white space at the start and says which byte comes then,
   * without taking it; -1 at the end of the stream. To be called before the first line is read.
   */
  int skipToFirstByte() throws IOException {
    byte[] chunk = in.bytes;
    if (begin() == 3
        && chunk[0] == (byte) 0xef
        && chunk[1] == (byte) 0xbb
        && chunk[2] == (byte) 0xbf) {
      in.at = 3;
    }
    while (more()) {
      if (!Blank.is(chunk[in.at])) {
        return chunk[in.at] & 0xff;
      }
      if (chunk[in.at++] == '\n') {
        nextLine++;
      }
    }
    return -1;
  }

  /** The byte that the next line begins with, counted from the start of the source. */
  long nextOffset() {
    return in.nextOffset();
  }

  /** The number of the next line. */
  long nextLine() {
    return nextLine;
  }

  /** Writes everything that was not read yet. */
  void spool(OutputStream out) throws IOException {
    in.spool(out);
  }

  @Override
  public boolean next() throws IOException {
    offset = nextOffset();
    line = nextLine;
    tooLong = false;
    ended = false;
    int heldLength = 0;
    while (more()) {
      int end = lineEnd();
      ended = end < in.limit;
      if (ended && heldLength == 0 && !tooLong) {
        return piece(in.bytes, in.at, end - in.at, end + 1);
      }
      heldLength = hold(heldLength, end);
      in.at = ended ? end + 1 : end;
      if (ended) {
        break;
      }
    }
    return (ended || heldLength > 0 || tooLong) && piece(held, 0, heldLength, in.at);
  }

  private int begin() throws IOException {
    try {
      return in.begin(3);
    } catch (DecryptionException e) {
      throw e.onLine(nextLine);
    }
  }

  /** A line that cannot be decrypted is the next one: all before it were given. */
  private boolean more() throws IOException {
    try {
      return in.more();
    } catch (DecryptionException e) {
      throw e.onLine(nextLine);
    }
  }

  private boolean piece(byte[] bytes, int from, int count, int next) {
    buffer = bytes;
    start = from;
    length = count;
    in.at = next;
    nextLine++;
    return true;
  }

  private int lineEnd() {
    byte[] chunk = in.bytes;
    int limit = in.limit;
    int i = in.at;
    while (i < limit && chunk[i] != '\n') {
      i++;
    }
    return i;
  }

  private int hold(int heldLength, int end) {
    int count = end - in.at;
    if (tooLong || heldLength + count > MAX_HELD) {
      tooLong = true;
      return 0;
    }
    if (heldLength + count > held.length) {
      int grown = Math.max(2 * held.length, heldLength + count);
      // All at once near the end: one copy of a large piece beside another is what memory must
      // hold.
      held = Arrays.copyOf(held, grown > MAX_HELD / 2 ? MAX_HELD : grown);
    }
    System.arraycopy(in.bytes, in.at, held, heldLength, count);
    return heldLength + count;
  }

  @Override
  public byte[] buffer() {
    return buffer;
  }

  @Override
  public int start() {
    return start;
  }

  @Override
  public int length() {
    return length;
  }

  @Override
  public long offset() {
    return offset;
  }

  @Override
  public long line() {
    return line;
  }

  @Override
  public boolean tooLong() {
    return tooLong;
  }

  @Override
  public boolean ended() {
    return ended;
  }
}
