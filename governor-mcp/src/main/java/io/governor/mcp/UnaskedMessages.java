package io.governor.mcp;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * What a server says without being asked, until its client listens. While nobody does, the newest
 * messages are kept, up to a bound; the oldest make room. Safe for use by several threads.
 */
final class UnaskedMessages implements AutoCloseable {

  /** Messages, and bytes of them, that are kept. */
  static final int MAX_MESSAGES = 1000;

  static final long MAX_BYTES = 16 << 20;

  private static final byte[] DATA = "data: ".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] END = "\n\n".getBytes(StandardCharsets.US_ASCII);

  private final AtomicReference<Object> listener = new AtomicReference<>();

  // Guarded by this.
  private final Deque<byte[]> messages = new ArrayDeque<>();
  private long bytes;
  private boolean closed;

  synchronized void add(byte[] message) {
    messages.addLast(message);
    bytes += message.length;
    while (messages.size() > MAX_MESSAGES || bytes > MAX_BYTES) {
      bytes -= messages.removeFirst().length;
    }
    notifyAll();
  }

  /** Writes events to a client until it leaves, another one comes in its place, or all is over. */
  void to(OutputStream client) throws IOException, InterruptedException {
    Object self = new Object();
    listener.set(self);
    wakeAll();
    for (byte[] message = next(self); message != null; message = next(self)) {
      try {
        client.write(DATA);
        client.write(message);
        client.write(END);
        client.flush();
      } catch (IOException e) {
        again(message);
        throw e;
      }
    }
  }

  private synchronized byte @Nullable [] next(Object self) throws InterruptedException {
    while (messages.isEmpty() && !closed && listener.get() == self) {
      wait();
    }
    if (messages.isEmpty() || listener.get() != self) {
      return null;
    }
    byte[] message = messages.removeFirst();
    bytes -= message.length;
    return message;
  }

  /** A client that left did not get it; the next one does. */
  private synchronized void again(byte[] message) {
    messages.addFirst(message);
    bytes += message.length;
  }

  private synchronized void wakeAll() {
    notifyAll();
  }

  @Override
  public synchronized void close() {
    closed = true;
    notifyAll();
  }
}
