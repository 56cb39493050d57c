package io.governor.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a stream of UTF-8, a byte-order mark at its start left out. Holds one chunk and at
 * most one line of {@value #MAX_LINE} bytes; a longer one is passed over. Confined to one thread.
 */
final class InputLines {

  /** The longest line, in bytes. */
  static final int MAX_LINE = 8 << 20;

  private static final int CHUNK = 1 << 16;
  private static final byte[] MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

  private final InputStream in;
  private final Runnable beforeWaiting;
  private final byte[] chunk = new byte[CHUNK];
  private int at;
  private int limit;
  private long number;

  /**
   * One line.
   *
   * @param number its number, from 1
   * @param bytes the line without its end; null when it is too long
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Line(long number, byte @Nullable [] bytes) {

    boolean isBlank() {
      if (bytes == null) {
        return false;
      }
      for (byte b : bytes) {
        if (b != ' ' && b != '\t' && b != '\r') {
          return false;
        }
      }
      return true;
    }

    @Override
    public String toString() {
      return "Line[" + number + "]";
    }
  }

  /**
   * @param beforeWaiting called before each read, which may have to wait for whoever writes
   */
  InputLines(InputStream in, Runnable beforeWaiting) {
    this.in = in;
    this.beforeWaiting = beforeWaiting;
  }

  /** The next line, or null at the end. */
  @Nullable Line next() throws IOException {
    if (!more()) {
      return null;
    }
    number++;
    ByteArrayOutputStream held = new ByteArrayOutputStream(256);
    boolean tooLong = false;
    while (more()) {
      int end = lineEnd();
      tooLong |= held.size() + (end - at) > MAX_LINE;
      if (!tooLong) {
        held.write(chunk, at, end - at);
      }
      at = end;
      if (end < limit) {
        at++;
        break;
      }
    }
    return new Line(number, tooLong ? null : withoutMark(held.toByteArray()));
  }

  private boolean more() throws IOException {
    if (at < limit) {
      return true;
    }
    beforeWaiting.run();
    at = 0;
    limit = Math.max(0, in.read(chunk, 0, CHUNK));
    return limit > 0;
  }

  private int lineEnd() {
    int end = at;
    while (end < limit && chunk[end] != '\n') {
      end++;
    }
    return end;
  }

  private byte[] withoutMark(byte[] bytes) {
    boolean marked = number == 1 && bytes.length >= MARK.length;
    for (int i = 0; marked && i < MARK.length; i++) {
      marked = bytes[i] == MARK[i];
    }
    return marked ? java.util.Arrays.copyOfRange(bytes, MARK.length, bytes.length) : bytes;
  }
}
