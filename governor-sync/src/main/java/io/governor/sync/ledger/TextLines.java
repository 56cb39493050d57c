package io.governor.sync.ledger;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a text, with their hashes, and a digest of everything up to any offset. Holds one
 * buffer, however long a line is. Confined to one thread; the stream stays open.
 */
final class TextLines {

  private static final int SIZE = 1 << 18;
  private static final byte[] EVENT_ID = {'"', 'e', 'v', 'e', 'n', 't', '_', 'i', 'd', '"'};

  private final InputStream in;
  private Trail trail = new Trail(List.of());
  private final MessageDigest digest = TextHash.digest();
  private final byte[] buffer = new byte[SIZE];

  /** The buffer holds the text from {@link #base} on, up to {@link #limit}. */
  private long base;

  private int at;
  private int limit;
  private long digested;
  private long start;
  private long hash;
  private boolean named;
  private boolean ended;
  private long line;
  private int moved;
  private @Nullable MessageDigest beforeLongLine;

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
    line++;
    int end = lineEnd(at);
    boolean more = true;
    while (end == limit && more) {
      more = more();
      end = lineEnd(end - moved);
    }
    if (end == limit && limit == SIZE && at == 0) {
      passLongLine();
    } else {
      ended = end < limit;
      describe(at, end, end - at);
      at = ended ? end + 1 : end;
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

  private int lineEnd(int from) {
    int i = from;
    while (i < limit && buffer[i] != '\n') {
      i++;
    }
    return i;
  }

  private void describe(int from, int end, long length) {
    int held = end > from && buffer[end - 1] == '\r' ? end - from - 1 : end - from;
    hash = LineHash.of(buffer, from, held, length - (end - from - held));
    named = contains(from, end);
  }

  private boolean contains(int from, int end) {
    int last = Math.min(end, from + LineHash.BYTES) - EVENT_ID.length;
    for (int i = from; i <= last; i++) {
      if (buffer[i] == '"'
          && buffer[i + 1] == 'e'
          && Arrays.equals(buffer, i, i + EVENT_ID.length, EVENT_ID, 0, EVENT_ID.length)) {
        return true;
      }
    }
    return false;
  }

  /** A line longer than the buffer: what it is is known from its beginning and its length. */
  private void passLongLine() throws IOException {
    byte[] beginning = Arrays.copyOf(buffer, LineHash.BYTES);
    named = contains(0, limit);
    beforeLongLine = TextHash.copy(digest);
    int end;
    do {
      at = limit;
      digestUntil(base + at);
      if (!refill()) {
        ended = false;
        hash = LineHash.of(beginning, 0, LineHash.BYTES, base - start);
        return;
      }
      end = lineEnd(0);
    } while (end == limit);
    ended = true;
    hash = LineHash.of(beginning, 0, LineHash.BYTES, base + end - start);
    at = end + 1;
  }

  /** Brings the digest up to an offset that is at hand, stopping where the trail wants. */
  private void digestUntil(long offset) {
    while (trail.nextStop() <= offset) {
      long stop = trail.nextStop();
      update(stop);
      trail.stop(digest, line);
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

  /** Where the current line begins. */
  long start() {
    return start;
  }

  /** Where the next one begins. */
  long end() {
    return base + at;
  }

  long hash() {
    return hash;
  }

  /** Whether the line looks like an event with an id, so that no other is the same. */
  boolean named() {
    return named;
  }

  /** Whether it has its line end. */
  boolean ended() {
    return ended;
  }

  /** Whether its first character that is no white space opens an array. */
  boolean beginsArray() {
    int i = (int) Math.max(0, start - base);
    while (i < limit && buffer[i] <= ' ' && buffer[i] > 0) {
      i++;
    }
    return i < limit && buffer[i] == '[';
  }

  /** Whether nothing follows it. */
  boolean isLast() throws IOException {
    return at == limit && !more();
  }

  /** Its number, from 1. */
  long line() {
    return line;
  }
}
