package io.governor.mcp;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A server-sent event as it came, and the data in it. Immutable. */
final class ServerEvent {

  private static final byte[] DATA = "data".getBytes(StandardCharsets.US_ASCII);

  /** What parsers drop at the beginning of a stream (WHATWG HTML, section 9.2.5). */
  private static final byte[] MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  private static final byte[] ID = "id".getBytes(StandardCharsets.US_ASCII);

  private final byte[] raw;

  ServerEvent(byte[] raw) {
    this.raw = raw;
  }

  byte[] raw() {
    return raw;
  }

  /** The lines of data, with newlines between them; null when there is none, or it is empty. */
  byte @Nullable [] data() {
    ByteArrayOutputStream data = new ByteArrayOutputStream(raw.length);
    boolean any = false;
    for (int at = 0; at < raw.length; at = nextLine(at)) {
      int value = dataValue(at);
      if (value < 0) {
        continue;
      }
      if (any) {
        data.write('\n');
      }
      data.write(raw, value, lineEnd(at) - value);
      any = true;
    }
    return data.size() == 0 ? null : data.toByteArray();
  }

  /**
   * Where the value begins of the line that an event breaks off in.
   *
   * @return negative when that is no line of data, or not the only one
   */
  static int lastData(byte[] begun) {
    ServerEvent event = new ServerEvent(begun);
    int found = -1;
    for (int at = 0; at < begun.length; at = event.nextLine(at)) {
      int value = event.dataValue(at);
      if (value >= 0) {
        if (found >= 0) {
          return -1;
        }
        found = event.lineEnd(at) == begun.length ? value : -1;
        if (found < 0) {
          return -1;
        }
      }
    }
    return found;
  }

  /** The event's id, or null when it has none. */
  @Nullable String id() {
    String id = null;
    for (int at = 0; at < raw.length; at = nextLine(at)) {
      int value = value(at, ID);
      if (value >= 0) {
        id = new String(raw, value, lineEnd(at) - value, StandardCharsets.UTF_8);
      }
    }
    return id;
  }

  /**
   * The same event, its id and type included, with other data; none for an event that is only its
   * id.
   */
  byte[] withData(byte[] data) {
    ByteArrayOutputStream event = new ByteArrayOutputStream(raw.length + data.length);
    boolean written = false;
    for (int at = 0; at < raw.length; at = nextLine(at)) {
      if (dataValue(at) < 0) {
        event.write(raw, at, nextLine(at) - at);
      } else if (!written) {
        writeData(event, data);
        written = true;
      }
    }
    return event.toByteArray();
  }

  private static void writeData(ByteArrayOutputStream event, byte[] data) {
    for (String line : new String(data, StandardCharsets.UTF_8).split("\\R", -1)) {
      event.writeBytes(("data: " + line + "\n").getBytes(StandardCharsets.UTF_8));
    }
  }

  private int dataValue(int line) {
    return value(line, DATA);
  }

  /** Where the value of a line begins; negative for a line of another field. */
  private int value(int line, byte[] field) {
    int end = lineEnd(line);
    int begin = line == 0 && isMarked(end) ? MARK.length : line;
    int name = begin + field.length;
    if (name > end || !Arrays.equals(raw, begin, name, field, 0, field.length)) {
      return -1;
    }
    if (name == end) {
      return end;
    }
    if (raw[name] != ':') {
      return -1;
    }
    return name + 1 < end && raw[name + 1] == ' ' ? name + 2 : name + 1;
  }

  private boolean isMarked(int end) {
    return end >= MARK.length && Arrays.equals(raw, 0, MARK.length, MARK, 0, MARK.length);
  }

  private int lineEnd(int line) {
    int at = line;
    while (at < raw.length && raw[at] != '\n' && raw[at] != '\r') {
      at++;
    }
    return at;
  }

  private int nextLine(int line) {
    int end = lineEnd(line);
    boolean both = end + 1 < raw.length && raw[end] == '\r' && raw[end + 1] == '\n';
    return both ? end + 2 : Math.min(end + 1, raw.length);
  }

  @Override
  public String toString() {
    return "ServerEvent[" + raw.length + " bytes]";
  }
}
