package io.governor.mcp;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads frames that end with a newline, as MCP's stdio transport separates them; the last one may
 * lack it. A frame over the bound is read to its end and not kept. Not safe for use by several
 * threads.
 */
final class LineFrames {

  /** A line that was too long to keep; its bytes are gone. */
  static final byte[] TOO_LONG = new byte[0];

  private final InputStream in;
  private final int max;
  private final byte[] buffer = new byte[1 << 16];
  private int at;
  private int end;

  /**
   * Frames of a stream.
   *
   * @param max bytes of a frame that is kept
   */
  LineFrames(InputStream in, int max) {
    this.in = in;
    this.max = max;
  }

  /**
   * The next frame without its newline, {@link #TOO_LONG}, or null at the end. Blank lines are
   * passed over.
   */
  byte @Nullable [] next() throws IOException {
    byte[] line = line();
    while (line != null && line != TOO_LONG && isBlank(line)) {
      line = line();
    }
    return line;
  }

  private byte @Nullable [] line() throws IOException {
    ByteArrayOutputStream kept = new ByteArrayOutputStream(512);
    boolean tooLong = false;
    boolean any = false;
    while (fill()) {
      any = true;
      int newline = newline();
      int part = newline - at;
      tooLong |= kept.size() + part > max;
      if (!tooLong) {
        kept.write(buffer, at, part);
      }
      boolean complete = newline < end;
      at = complete ? newline + 1 : end;
      if (complete) {
        break;
      }
    }
    if (!any) {
      return null;
    }
    return tooLong ? TOO_LONG : kept.toByteArray();
  }

  /** Whether there is something left to read. */
  private boolean fill() throws IOException {
    if (at < end) {
      return true;
    }
    at = 0;
    end = Math.max(0, in.read(buffer, 0, buffer.length));
    return end > 0;
  }

  private int newline() {
    int i = at;
    while (i < end && buffer[i] != '\n') {
      i++;
    }
    return i;
  }

  private static boolean isBlank(byte[] line) {
    for (byte c : line) {
      if (c != ' ' && c != '\t' && c != '\r') {
        return false;
      }
    }
    return true;
  }
}
