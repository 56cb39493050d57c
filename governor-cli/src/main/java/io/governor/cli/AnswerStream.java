package io.governor.cli;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Standard output, which remembers whether its reader went away: {@code governor open | head} ends
 * as it should, where a full disk is an error. Confined to one thread.
 */
final class AnswerStream extends FilterOutputStream {

  private boolean readerIsGone;

  AnswerStream(OutputStream out) {
    super(out);
  }

  /** Whether a write failed because nobody reads any more. */
  boolean readerIsGone() {
    return readerIsGone;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    try {
      out.write(bytes, offset, length);
    } catch (IOException e) {
      // Java has no type for it, only the system's words.
      String message = String.valueOf(e.getMessage());
      readerIsGone |= message.contains("Broken pipe") || message.contains("pipe is being closed");
      throw e;
    }
  }
}
