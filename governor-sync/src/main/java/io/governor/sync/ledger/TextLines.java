package io.governor.sync.ledger;

import io.governor.sync.count.TextStart;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a text, and a digest of everything up to any offset. Holds one buffer, however long
 * a line is. Confined to one thread; the stream stays open.
 */
final class TextLines {

  static final int SIZE = 1 << 18;

  private final InputStream in;
  private final MessageDigest digest = TextHash.digest();
  private final byte[] buffer = new byte[SIZE];
  private Trail trail = new Trail(List.of());

  /** The buffer holds the text from here on, up to {@link #limit}. */
  private long base;

  private int at;
  private int limit;
  private int moved;
  private long digested;
  private long start;
  private int from;
  private int length;
  private boolean held;
  private boolean ended;
  private @Nullable MessageDigest beforeLongLine;
  private byte[] longBeginning = new byte[0];

  TextLines(InputStream in) {
    this.in = in;
  }

  /** Tells a trail whenever the text comes to one of its stops; before the second line. */
  void follow(Trail newTrail) {
    trail = newTrail;
  }

  /**
   * Goes to the next line.
   *
   * @return false at the end of the text
   */
  boolean next() throws IOException {
    digestUntil(base + at);
    beforeLongLine = null;
    start = base + at;
    if (at == limit && !refill()) {
      return false;
    }
    int end = lineEnd(at);
    boolean more = true;
    while (end == limit && more) {
      more = more();
      end = lineEnd(end - moved);
    }
    held = end < limit || limit < SIZE || at > 0;
    if (held) {
      ended = end < limit;
      from = at;
      length = end - at;
      at = ended ? end + 1 : end;
    } else {
      passLongLine();
    }
    return true;
  }

  /**
   * Has more of the current line at hand; false when the buffer is full of it, or the text ends.
   */
  private boolean more() throws IOException {
    moved = at;
    if (at > 0) {
      digestUntil(base + at);
      System.arraycopy(buffer, at, buffer, 0, limit - at);
      base += at;
      limit -= at;
      at = 0;
    }
    int count = limit == SIZE ? -1 : in.read(buffer, limit, SIZE - limit);
    limit += Math.max(0, count);
    return count > 0;
  }

  private boolean refill() throws IOException {
    base += limit;
    at = 0;
    limit = Math.max(0, in.read(buffer, 0, SIZE));
    return limit > 0;
  }

  private int lineEnd(int first) {
    int i = first;
    while (i < limit && buffer[i] != '\n') {
      i++;
    }
    return i;
  }

  private void passLongLine() throws IOException {
    beforeLongLine = TextHash.copy(digest);
    byte[] beginning = Arrays.copyOf(buffer, LineHash.BYTES);
    ended = false;
    at = limit;
    digestUntil(base + at);
    while (!ended && refill()) {
      int end = lineEnd(0);
      ended = end < limit;
      at = ended ? end + 1 : end;
      digestUntil(base + at);
    }
    longBeginning = beginning;
  }

  /** Brings the digest up to an offset that is at hand, stopping where the trail wants. */
  private void digestUntil(long offset) {
    while (trail.nextStop() <= offset) {
      update(trail.nextStop());
      trail.stop(digest);
    }
    update(offset);
  }

  private void update(long offset) {
    if (offset > digested) {
      digest.update(buffer, (int) (digested - base), (int) (offset - digested));
      digested = offset;
    }
  }

  /** The digest of everything up to the end of the current line. */
  MessageDigest digestAtEnd() {
    digestUntil(base + at);
    return digest;
  }

  /** The digest of everything before the current line; to be asked before the one at its end. */
  MessageDigest digestAtStart() {
    return beforeLongLine == null ? digest : beforeLongLine;
  }

  /** Whether nothing follows the current line, of which nothing is at hand any more then. */
  boolean isLast() throws IOException {
    return at == limit && !more();
  }

  /** A hash of what the current line begins with. */
  long hash() {
    return held
        ? LineHash.of(buffer, from, length)
        : LineHash.of(longBeginning, 0, longBeginning.length);
  }

  /**
   * The current line's first byte that is neither of a byte-order mark nor white space; -1 if there
   * is none.
   */
  int firstByte() {
    return held
        ? TextStart.firstByte(buffer, from, from + length)
        : TextStart.firstByte(longBeginning, 0, longBeginning.length);
  }

  /** Where the current line begins in the text. */
  long start() {
    return start;
  }

  /** Where the next one begins. */
  long end() {
    return base + at;
  }

  /** Whether the whole line is at hand; a very long one is not. */
  boolean isHeld() {
    return held;
  }

  byte[] buffer() {
    return buffer;
  }

  int from() {
    return from;
  }

  /** Without the line end. */
  int length() {
    return length;
  }

  /** Whether it has its line end. */
  boolean ended() {
    return ended;
  }
}
