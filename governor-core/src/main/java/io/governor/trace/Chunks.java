package io.governor.trace;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * A stream seen through one chunk of its bytes, with the place of each in the source. Confined to
 * one thread; the stream stays open.
 */
final class Chunks {

  private static final int SIZE = 1 << 16;

  private final InputStream in;

  /** The bytes at hand are those from {@link #at} to before {@link #limit}. */
  final byte[] bytes = new byte[SIZE];

  int at;
  int limit;
  private long offset;

  /**
   * @param offset where in the source the stream begins
   */
  Chunks(InputStream in, long offset) {
    this.in = in;
    this.offset = offset;
  }

  /** Whether a byte is at hand; false at the end of the stream. */
  boolean more() throws IOException {
    if (at < limit) {
      return true;
    }
    offset += limit;
    at = 0;
    limit = Math.max(0, in.read(bytes, 0, SIZE));
    return limit > 0;
  }

  /** Has so many bytes at hand, or as many as there are, before any was taken. */
  int begin(int count) throws IOException {
    limit = in.readNBytes(bytes, 0, count);
    return limit;
  }

  /** Where in the source the next byte stands. */
  long nextOffset() {
    return offset + at;
  }

  /** Writes everything that was not taken yet. */
  void spool(OutputStream out) throws IOException {
    out.write(bytes, at, limit - at);
    in.transferTo(out);
  }
}
