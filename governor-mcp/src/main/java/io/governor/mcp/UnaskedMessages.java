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
 * messages are kept, up to a bound; the oldest make room. Those that a client has heard are kept
 * likewise, for one whose connection breaks and who asks for what came behind the last event that
 * it got (specification 2025-11-25, transports, resumability). Safe for use by several threads.
 */
final class UnaskedMessages implements AutoCloseable {

  /** Messages, and bytes of them, that are kept; of those that were heard as many again. */
  static final int MAX_MESSAGES = 1000;

  static final long MAX_BYTES = 16 << 20;

  private static final class Numbered {

    private final long number;
    private final byte[] message;

    Numbered(long number, byte[] message) {
      this.number = number;
      this.message = message;
    }

    long number() {
      return number;
    }

    int length() {
      return message.length;
    }

    byte[] event() {
      return ("id: " + number + "\ndata: " + new String(message, StandardCharsets.UTF_8) + "\n\n")
          .getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
      return "Numbered[" + number + ", " + message.length + " bytes]";
    }
  }

  /** Messages in their order, within the bounds. */
  private static final class Kept {

    private final Deque<Numbered> messages = new ArrayDeque<>();
    private long bytes;

    void addLast(Numbered message) {
      messages.addLast(message);
      bytes += message.length();
      while (messages.size() > MAX_MESSAGES || bytes > MAX_BYTES) {
        bytes -= messages.removeFirst().length();
      }
    }

    void addFirst(Numbered message) {
      messages.addFirst(message);
      bytes += message.length();
    }

    Numbered removeFirst() {
      Numbered message = messages.removeFirst();
      bytes -= message.length();
      return message;
    }

    @Nullable Numbered removeLastBehind(long number) {
      if (messages.isEmpty() || messages.getLast().number() <= number) {
        return null;
      }
      Numbered message = messages.removeLast();
      bytes -= message.length();
      return message;
    }
  }

  private final AtomicReference<Object> listener = new AtomicReference<>();

  // Guarded by this.
  private final Kept unheard = new Kept();
  private final Kept heard = new Kept();
  private long number;
  private boolean closed;

  synchronized void add(byte[] message) {
    number++;
    unheard.addLast(new Numbered(number, message));
    notifyAll();
  }

  /**
   * Writes events to a client until it leaves, another one comes in its place, or all is over.
   *
   * @param lastEventId the last event that it got; null for one that does not resume
   */
  void to(OutputStream client, @Nullable String lastEventId)
      throws IOException, InterruptedException {
    Object self = new Object();
    listener.set(self);
    resume(lastEventId);
    for (Numbered message = next(self); message != null; message = next(self)) {
      try {
        client.write(message.event());
        client.flush();
      } catch (IOException e) {
        resume(Long.toString(message.number() - 1));
        throw e;
      }
    }
  }

  /** What was written behind an event, and may not have arrived, is to be written again. */
  private synchronized void resume(@Nullable String lastEventId) {
    long last = number(lastEventId);
    for (Numbered message = heard.removeLastBehind(last);
        message != null;
        message = heard.removeLastBehind(last)) {
      unheard.addFirst(message);
    }
    notifyAll();
  }

  /** Of an id that is none of ours nothing follows. */
  private static long number(@Nullable String eventId) {
    try {
      return eventId == null ? Long.MAX_VALUE : Long.parseLong(eventId.strip());
    } catch (NumberFormatException e) {
      return Long.MAX_VALUE;
    }
  }

  private synchronized @Nullable Numbered next(Object self) throws InterruptedException {
    while (unheard.messages.isEmpty() && !closed && listener.get() == self) {
      wait();
    }
    if (unheard.messages.isEmpty() || listener.get() != self) {
      return null;
    }
    Numbered message = unheard.removeFirst();
    heard.addLast(message);
    return message;
  }

  @Override
  public synchronized void close() {
    closed = true;
    notifyAll();
  }
}
