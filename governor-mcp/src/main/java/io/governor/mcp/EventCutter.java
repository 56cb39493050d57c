package io.governor.mcp;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a stream of server-sent events (WHATWG HTML, section 9.2) into events, each with all the
 * bytes it came in, the blank line behind it included. Not safe for use by several threads.
 */
final class EventCutter {

  private final ByteArrayOutputStream event = new ByteArrayOutputStream();
  private final long max;
  private long lineLength;
  private boolean returned;
  private boolean unwanted;
  private boolean whole;

  /**
   * For one stream.
   *
   * @param max bytes of an event
   */
  EventCutter(long max) {
    this.max = max;
  }

  /**
   * Takes the next bytes of the stream. A return ends a line by itself, and with a newline behind
   * it as well: where that comes later, when the event has gone on, it follows by itself.
   *
   * @return the events that they complete
   * @throws IOException if an event is longer than allowed
   */
  List<byte[]> feed(byte[] bytes) throws IOException {
    List<byte[]> events = new ArrayList<>(1);
    for (byte b : bytes) {
      boolean sameEnd = returned && b == '\n';
      if (!sameEnd || !unwanted) {
        next(b, sameEnd, events);
      }
      returned = b == '\r';
      unwanted = false;
    }
    cut(events);
    return events;
  }

  /**
   * @param sameEnd whether it belongs to the return before it
   */
  private void next(byte b, boolean sameEnd, List<byte[]> events) throws IOException {
    if (!sameEnd) {
      cut(events);
    }
    take(b);
    if (sameEnd) {
      whole |= event.size() == 1;
    } else if (b == '\n' || b == '\r') {
      whole = lineLength == 0;
      lineLength = 0;
    }
  }

  private void take(byte b) throws IOException {
    if (event.size() >= max) {
      throw new IOException("an event of more than " + max + " bytes");
    }
    event.write(b);
    if (b != '\n' && b != '\r') {
      lineLength++;
    }
  }

  private void cut(List<byte[]> events) {
    if (whole) {
      events.add(event.toByteArray());
      event.reset();
      whole = false;
    }
  }

  /** Bytes that came behind the last whole event. */
  int pending() {
    return event.size();
  }

  /** What is pending was taken by somebody else, and so is the rest of its line. */
  void taken() {
    event.reset();
    lineLength = 0;
    returned = false;
  }

  /** The line that somebody else took ended with a return: a newline may belong to that. */
  void takenWithReturn() {
    returned = true;
    unwanted = true;
  }

  /** What came behind the last whole event. */
  byte[] rest() {
    return event.toByteArray();
  }
}
