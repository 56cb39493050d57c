package io.governor.mcp;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.concurrent.locks.ReentrantLock;

/** Writes frames that end with a newline, each as a whole and at once. Safe for several threads. */
final class FrameWriter {

  private final OutputStream out;
  private final ReentrantLock lock = new ReentrantLock();

  FrameWriter(OutputStream out) {
    this.out = out;
  }

  void write(byte[] frame) throws IOException {
    byte[] line = Arrays.copyOf(frame, frame.length + 1);
    line[frame.length] = '\n';
    lock.lock();
    try {
      out.write(line);
      out.flush();
    } finally {
      lock.unlock();
    }
  }

  /** Begins a frame that is written piece by piece, by this thread; the others wait for its end. */
  Open open() {
    lock.lock();
    return new Open();
  }

  /** A frame that is being written. */
  final class Open implements AutoCloseable {

    void write(byte[] bytes, int from, int length) throws IOException {
      out.write(bytes, from, length);
    }

    /** Ends the frame, whole or not: what is no JSON text is no message to anybody. */
    @Override
    public void close() throws IOException {
      try {
        out.write('\n');
        out.flush();
      } finally {
        lock.unlock();
      }
    }
  }

  void close() throws IOException {
    lock.lock();
    try {
      out.close();
    } finally {
      lock.unlock();
    }
  }
}
