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

  /**
   * For one stream.
   *
   * @param max bytes of an event
   */
  EventCutter(long max) {
    this.max = max;
  }

  /**
   * Takes the next bytes of the stream.
   *
   * @return the events that they complete
   * @throws IOException if an event is longer than allowed
   */
  List<byte[]> feed(byte[] bytes) throws IOException {
    List<byte[]> events = new ArrayList<>(1);
    for (byte b : bytes) {
      // A return ends a line by itself, unless a newline follows.
      if (returned && b != '\n') {
        endLine(events);
      }
      take(b);
      if (b == '\n') {
        endLine(events);
      }
      returned = b == '\r';
    }
    return events;
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

  private void endLine(List<byte[]> events) {
    returned = false;
    if (lineLength == 0) {
      events.add(event.toByteArray());
      event.reset();
    }
    lineLength = 0;
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

  /** What came behind the last whole event. */
  byte[] rest() {
    return event.toByteArray();
  }
}
