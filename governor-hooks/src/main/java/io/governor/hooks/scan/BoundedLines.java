package io.governor.hooks.scan;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a stream; of a line that is too long, a beginning that is no JSON. For one thread.
 */
final class BoundedLines {

  private static final byte[] TOO_LONG = {'?'};

  private final InputStream in;
  private final int longest;
  private boolean ended;

  /**
   * @param in buffered, because it is read byte by byte
   */
  BoundedLines(InputStream in, int longest) {
    this.in = in;
    this.longest = longest;
  }

  /** The next line without its end, or null after the last. */
  byte @Nullable [] next() throws IOException {
    if (ended) {
      return null;
    }
    ByteArrayOutputStream line = new ByteArrayOutputStream(1024);
    boolean tooLong = false;
    int b = in.read();
    for (; b >= 0 && b != '\n'; b = in.read()) {
      tooLong = tooLong || line.size() >= longest;
      if (!tooLong && b != '\r') {
        line.write(b);
      }
    }
    ended = b < 0;
    return tooLong ? TOO_LONG : line.toByteArray();
  }
}
