package io.governor.mcp;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/** Writes frames that end with a newline, each as a whole and at once. Safe for several threads. */
final class FrameWriter {

  private final OutputStream out;

  FrameWriter(OutputStream out) {
    this.out = out;
  }

  void write(byte[] frame) throws IOException {
    byte[] line = Arrays.copyOf(frame, frame.length + 1);
    line[frame.length] = '\n';
    synchronized (this) {
      out.write(line);
      out.flush();
    }
  }

  void close() throws IOException {
    synchronized (this) {
      out.close();
    }
  }
}
