package io.governor.json;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Decodes UTF-8 and refuses what is not: overlong forms, encoded surrogates, cut sequences, a
 * byte-order mark at the start; and more bytes than allowed. It hands out everything before the
 * refused place first, so that an error earlier in the text is found first. Confined to one thread.
 */
final class StrictUtf8Reader extends Reader {

  private static final int CHUNK = 8192;

  private final InputStream in;
  private final long maxBytes;
  private final CharsetDecoder decoder =
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT);
  private final ByteBuffer bytes = ByteBuffer.allocate(CHUNK).flip();
  private long bytesRead;
  private boolean ended;
  private boolean started;
  private int line = 1;
  private int column = 1;
  private boolean afterReturn;

  StrictUtf8Reader(InputStream in, long maxBytes) {
    this.in = in;
    this.maxBytes = maxBytes;
  }

  @Override
  public int read(char[] target, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (length == 1) {
      // A character above the BMP needs room for two; no caller asks for less.
      throw new IOException("A buffer of one character is too small");
    }
    CharBuffer chars = CharBuffer.wrap(target, offset, length);
    while (true) {
      CoderResult result = decoder.decode(bytes, chars, ended);
      int decoded = chars.position() - offset;
      if (decoded > 0) {
        track(target, offset, decoded);
        return decoded;
      }
      if (result.isError()) {
        throw new Refusal(line, column, "not valid UTF-8");
      }
      if (ended) {
        return -1;
      }
      fill();
    }
  }

  private void fill() throws IOException {
    bytes.compact();
    int count = in.read(bytes.array(), bytes.position(), bytes.remaining());
    if (count < 0) {
      ended = true;
    } else {
      bytesRead += count;
      bytes.position(bytes.position() + count);
    }
    bytes.flip();
    if (bytesRead > maxBytes) {
      throw new Refusal(line, column, JsonReasons.documentTooLong(maxBytes));
    }
  }

  private void track(char[] target, int offset, int count) throws Refusal {
    if (!started && target[offset] == '\ufeff') {
      throw new Refusal(1, 1, JsonReasons.BYTE_ORDER_MARK);
    }
    started = true;
    for (int i = offset; i < offset + count; i++) {
      char c = target[i];
      boolean newLine = c == '\r' || c == '\n';
      if (newLine && !(c == '\n' && afterReturn)) {
        line++;
      }
      column = newLine ? 1 : column + 1;
      afterReturn = c == '\r';
    }
  }

  /** Leaves the stream open: it belongs to whoever gave it. */
  @Override
  public void close() {}

  /** Why the bytes were refused. */
  static final class Refusal extends IOException {
    private static final long serialVersionUID = 1L;
    private final int line;
    private final int column;

    Refusal(int line, int column, String reason) {
      super(reason);
      this.line = line;
      this.column = column;
    }

    int line() {
      return line;
    }

    int column() {
      return column;
    }

    String reason() {
      return String.valueOf(getMessage());
    }
  }
}
