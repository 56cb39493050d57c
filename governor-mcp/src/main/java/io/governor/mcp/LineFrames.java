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

  /** A line that went on while it came. */
  static final byte[] WENT_ON = new byte[0];

  /** From so many bytes on a line is offered to whoever can do without holding it. */
  static final int LARGE = 1 << 20;

  /** Takes large lines as they come. */
  interface Large {

    /** Begins with what came of a line; null when it has to be kept. */
    @Nullable LargeAnswer begin(byte[] head) throws IOException;

    /** A line came to its end. */
    void end(LargeAnswer line) throws IOException;

    /**
     * A line was too long to be kept.
     *
     * @param id of the answer that it was, or null when it was none
     */
    void tooLong(@Nullable RequestId id);
  }

  private final InputStream in;
  private final int max;
  private final @Nullable Large large;
  private final byte[] buffer = new byte[1 << 16];
  private int at;
  private int end;

  /**
   * Frames of a stream.
   *
   * @param max bytes of a frame that is kept
   */
  LineFrames(InputStream in, int max) {
    this(in, max, null);
  }

  /** The same, with somebody who takes large lines as they come. */
  LineFrames(InputStream in, int max, @Nullable Large large) {
    this.in = in;
    this.max = max;
    this.large = large;
  }

  /**
   * The next frame without its newline, {@link #TOO_LONG}, {@link #WENT_ON}, or null at the end.
   * Blank lines are passed over.
   */
  byte @Nullable [] next() throws IOException {
    byte[] line = line();
    while (line != null && line != TOO_LONG && line != WENT_ON && isBlank(line)) {
      line = line();
    }
    return line;
  }

  private byte @Nullable [] line() throws IOException {
    ByteArrayOutputStream kept = new ByteArrayOutputStream(512);
    boolean any = false;
    boolean offered = false;
    while (fill()) {
      any = true;
      int newline = newline();
      if (kept.size() + newline - at > max) {
        return tooLong(kept.toByteArray());
      }
      kept.write(buffer, at, newline - at);
      boolean complete = newline < end;
      at = complete ? newline + 1 : end;
      if (complete) {
        break;
      }
      if (!offered && kept.size() >= LARGE) {
        offered = true;
        if (goesOn(kept.toByteArray())) {
          return WENT_ON;
        }
      }
    }
    return any ? kept.toByteArray() : null;
  }

  /** Reads a line to its end that is not kept; whoever waits for the answer it is can be told. */
  private byte[] tooLong(byte[] head) throws IOException {
    AnswerScan scan = new AnswerScan();
    scan.feed(head, 0, head.length);
    boolean complete = false;
    while (!complete && fill()) {
      int newline = newline();
      complete = newline < end;
      scan.feed(buffer, at, newline);
      at = complete ? newline + 1 : end;
    }
    if (large == null) {
      return TOO_LONG;
    }
    large.tooLong(scan.isWhole() ? scan.id() : null);
    return WENT_ON;
  }

  /** Whether somebody took the line, to its end. */
  private boolean goesOn(byte[] head) throws IOException {
    LargeAnswer line = large == null ? null : large.begin(head);
    if (large == null || line == null) {
      return false;
    }
    boolean complete = false;
    while (!complete && fill()) {
      int newline = newline();
      complete = newline < end;
      line.more(buffer, at, newline);
      at = complete ? newline + 1 : end;
    }
    large.end(line);
    return true;
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
