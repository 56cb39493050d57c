package io.governor.hooks;

import java.io.IOException;
import java.io.InputStream;

/**
 * A stream of lines, each of which looks like a stream of its own, so that a line of any length can
 * be read without holding it. Confined to one thread.
 */
final class LineStream extends InputStream {

  private final InputStream in;
  private boolean inLine;
  private boolean ended;

  /**
   * @param in buffered, because it is read byte by byte
   */
  LineStream(InputStream in) {
    this.in = in;
  }

  /** Goes to the beginning of the next line, passing over what is left of this one. */
  boolean next() throws IOException {
    while (inLine) {
      read();
    }
    in.mark(1);
    ended = ended || in.read() < 0;
    if (!ended) {
      in.reset();
    }
    inLine = !ended;
    return inLine;
  }

  @Override
  public int read() throws IOException {
    if (!inLine) {
      return -1;
    }
    int b = in.read();
    ended = b < 0;
    inLine = !ended && b != '\n';
    return inLine ? b : -1;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    int count = 0;
    while (count < length) {
      int b = read();
      if (b < 0) {
        return count == 0 ? -1 : count;
      }
      target[offset + count] = (byte) b;
      count++;
    }
    return count;
  }
}
