package io.governor.hooks.daemon;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;

/** Lines and bytes from a channel. Confined to one thread. */
final class WireInput {

  private static final int PIECE = 16 << 10;

  private final ReadableByteChannel channel;
  private final ByteBuffer buffer = ByteBuffer.allocate(PIECE).limit(0);

  WireInput(ReadableByteChannel channel) {
    this.channel = channel;
  }

  /** A line without its end; UTF-8, for the sake of paths in fields. */
  String line(int longest) throws IOException, WireProblem {
    ByteArrayOutputStream line = new ByteArrayOutputStream(80);
    for (int b = read(); b != '\n'; b = read()) {
      if (b < 0) {
        throw new EOFException("the request ended early");
      }
      if (line.size() >= longest) {
        throw new WireProblem(431, "a line of the head is too long: at most " + longest + " bytes");
      }
      line.write(b);
    }
    String text = line.toString(StandardCharsets.UTF_8);
    return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
  }

  /** Copies exactly so many bytes to the body. */
  void copy(long count, WireBody body) throws IOException {
    for (long left = count; left > 0; ) {
      if (!buffer.hasRemaining() && !fill()) {
        throw new EOFException("the request ended early");
      }
      int some = (int) Math.min(left, buffer.remaining());
      body.add(buffer.array(), buffer.position(), some);
      buffer.position(buffer.position() + some);
      left -= some;
    }
  }

  private int read() throws IOException {
    return buffer.hasRemaining() || fill() ? buffer.get() & 0xff : -1;
  }

  private boolean fill() throws IOException {
    buffer.clear();
    int count = channel.read(buffer);
    buffer.flip();
    return count > 0;
  }
}
