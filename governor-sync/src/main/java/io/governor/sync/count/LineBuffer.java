package io.governor.sync.count;

import io.governor.event.EventDecoder;
import java.io.IOException;

/**
 * A view of a text that moves along it and always holds whole lines, fit for {@link JsonBytes}: a
 * line feed stands at the front and one behind what was read. Grows for a long line, to at most one
 * of {@link EventDecoder#MAX_LINE_BYTES}, and shrinks again. Confined to one thread.
 */
final class LineBuffer {

  /** How much is read at once; small enough to stay in a processor's cache. */
  static final int CHUNK = 1 << 18;

  /** How much is read at once to end a line that goes on in the next range. */
  private static final int BEYOND = 1 << 14;

  /** One more than an event may have, for the {@code \r} of a line that ends in two characters. */
  private static final int MAX_HELD = EventDecoder.MAX_LINE_BYTES + 1;

  private static final int FRONT = 1;
  private static final int SIZE = FRONT + CHUNK + JsonBytes.SLACK;
  private static final int LARGEST = SIZE + MAX_HELD;

  byte[] bytes = new byte[SIZE];

  /** Where the line begins that was not dealt with yet. */
  int at;

  /** Behind the last byte that was read; a line feed stands there. */
  int limit;

  private ByteSource in = (into, from, length) -> -1;
  private long base;
  private long stop;
  private boolean ended;

  LineBuffer() {
    bytes[JsonBytes.NOWHERE] = '\n';
  }

  /**
   * Begins with a text.
   *
   * @param offset where in the text the source begins
   * @param newStop lines that begin here or later are somebody else's
   */
  void begin(ByteSource source, long offset, long newStop) {
    in = source;
    if (bytes.length > SIZE) {
      bytes = new byte[SIZE];
      bytes[JsonBytes.NOWHERE] = '\n';
    }
    at = FRONT;
    limit = FRONT;
    bytes[limit] = '\n';
    base = offset - FRONT;
    // Leaves room for what is added to it.
    stop = Math.min(newStop, Long.MAX_VALUE / 2);
    ended = false;
  }

  /** Where in the text a place of the buffer is. */
  long offset(int place) {
    return base + place;
  }

  /** Whether the source has ended, so that nothing follows what is at hand. */
  boolean ended() {
    return ended;
  }

  /** The place at which lines are somebody else's, or the end of what is at hand. */
  int stop() {
    return (int) Math.min(limit, stop - base);
  }

  /** Whether everything that begins here is somebody else's. */
  boolean isAtStop() {
    return offset(at) >= stop;
  }

  /** Whether a line of so many bytes is longer than one may be, its line feed aside. */
  boolean isTooLong(int length) {
    return length > MAX_HELD;
  }

  /** Reads on behind what is at hand. May move everything, {@link #at} included. */
  void more() throws IOException {
    makeRoom();
    int wanted = Math.min(CHUNK, bytes.length - JsonBytes.SLACK - limit);
    long before = stop - offset(limit);
    int read = in.read(bytes, limit, (int) Math.min(wanted, before > 0 ? before : BEYOND));
    if (read < 0) {
      ended = true;
      return;
    }
    limit += read;
    bytes[limit] = '\n';
  }

  boolean startsGzip() throws IOException {
    atLeast(2);
    return TextStart.isGzip(bytes, at, limit);
  }

  /**
   * The first byte after a byte-order mark and white space, if it is among the first that are read
   * at once; -1 otherwise. To be asked at the beginning of a text.
   */
  int firstByte() throws IOException {
    atLeast(3);
    int first = TextStart.firstByte(bytes, at, limit);
    while (first < 0 && !ended && limit - at < CHUNK / 2) {
      more();
      first = TextStart.firstByte(bytes, at, limit);
    }
    return first;
  }

  /** Steps over a byte-order mark, which only the beginning of a text has. */
  void skipMark() throws IOException {
    if (offset(at) == 0) {
      atLeast(3);
      at = TextStart.afterMark(bytes, at, limit);
    }
  }

  private void atLeast(int count) throws IOException {
    while (limit - at < count && !ended) {
      more();
    }
  }

  /** Forgets what is at hand. */
  void drop() {
    at = limit;
  }

  private void makeRoom() {
    int held = limit - at;
    if (at > FRONT && held < SIZE / 2 && bytes.length > SIZE) {
      move(new byte[SIZE], held);
    } else if (at > FRONT) {
      move(bytes, held);
    } else if (bytes.length - JsonBytes.SLACK - limit < CHUNK / 2) {
      move(new byte[Math.min(2 * bytes.length, LARGEST)], held);
    }
  }

  private void move(byte[] to, int held) {
    System.arraycopy(bytes, at, to, FRONT, held);
    bytes = to;
    bytes[JsonBytes.NOWHERE] = '\n';
    base += at - FRONT;
    at = FRONT;
    limit = FRONT + held;
    bytes[limit] = '\n';
  }
}
