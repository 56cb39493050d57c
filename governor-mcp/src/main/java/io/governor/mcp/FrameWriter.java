package io.governor.mcp;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.concurrent.Semaphore;

/** Writes frames that end with a newline, each as a whole and at once. Safe for several threads. */
final class FrameWriter {

  private final OutputStream out;

  /** One writer at a time; a large frame may be begun by one thread and ended by another. */
  private final Semaphore lock = new Semaphore(1, true);

  FrameWriter(OutputStream out) {
    this.out = out;
  }

  void write(byte[] frame) throws IOException {
    byte[] line = Arrays.copyOf(frame, frame.length + 1);
    line[frame.length] = '\n';
    lock.acquireUninterruptibly();
    try {
      out.write(line);
      out.flush();
    } finally {
      lock.release();
    }
  }

  /** Begins a frame that is written piece by piece; the others wait for its end. */
  Open open() {
    lock.acquireUninterruptibly();
    return new Open();
  }

  /** A frame that is being written. */
  final class Open implements LargeAnswer.Out {

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      out.write(bytes, from, length);
    }

    /** Ends the frame, whole or not: what is no JSON text is no message to anybody. */
    @Override
    public void close() throws IOException {
      try {
        out.write('\n');
        out.flush();
      } finally {
        lock.release();
      }
    }
  }

  void close() throws IOException {
    lock.acquireUninterruptibly();
    try {
      out.close();
    } finally {
      lock.release();
    }
  }
}
