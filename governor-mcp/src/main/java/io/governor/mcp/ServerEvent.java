package io.governor.mcp;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A server-sent event and the data in it. It is as it came, but for lines of no data that hold a
 * character that some readers of events end lines at, and the standard does not (WHATWG HTML,
 * section 9.2.5): to those readers there could be data behind it that nobody judged. Lines of data
 * are judged with all they hold, and stay as they are. Immutable.
 */
final class ServerEvent {

  /** Vertical tab, form feed, the separators of ASCII, U+0085, U+2028 and U+2029, in UTF-8. */
  private static final List<byte[]> LINE_ENDS_TO_SOME =
      Stream.of("\u000B", "\f", "\u001C", "\u001D", "\u001E", "\u0085", "\u2028", "\u2029")
          .map(each -> each.getBytes(StandardCharsets.UTF_8))
          .toList();

  private static final byte[] DATA = "data".getBytes(StandardCharsets.US_ASCII);

  /** What parsers drop at the beginning of a stream (WHATWG HTML, section 9.2.5). */
  private static final byte[] MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  private static final byte[] ID = "id".getBytes(StandardCharsets.US_ASCII);

  private final byte[] raw;

  ServerEvent(byte[] asItCame) {
    this.raw = plain(asItCame);
  }

  /** What may go on where its data may. */
  byte[] raw() {
    return raw;
  }

  /** Without the lines that could be more than one; mostly the very same. */
  private static byte[] plain(byte[] event) {
    ByteArrayOutputStream rest = null;
    for (int at = 0; at < event.length; at = nextLine(event, at)) {
      boolean several = value(event, at, DATA) < 0 && endsLineToSome(event, at);
      if (several && rest == null) {
        rest = new ByteArrayOutputStream(event.length);
        rest.write(event, 0, at);
      } else if (!several && rest != null) {
        rest.write(event, at, nextLine(event, at) - at);
      }
    }
    return rest == null ? event : rest.toByteArray();
  }

  private static boolean endsLineToSome(byte[] event, int line) {
    int end = lineEnd(event, line);
    for (int at = line; at < end; at++) {
      for (byte[] each : LINE_ENDS_TO_SOME) {
        int to = at + each.length;
        if (to <= end && Arrays.equals(event, at, to, each, 0, each.length)) {
          return true;
        }
      }
    }
    return false;
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
    if (event.raw.length != begun.length) {
      return -1;
    }
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
    event.writeBytes(DATA);
    event.writeBytes(new byte[] {':', ' '});
    event.writeBytes(Lines.joined(data));
    event.write('\n');
  }

  private int dataValue(int line) {
    return value(line, DATA);
  }

  /** Where the value of a line begins; negative for a line of another field. */
  private int value(int line, byte[] field) {
    return value(raw, line, field);
  }

  private static int value(byte[] raw, int line, byte[] field) {
    int end = lineEnd(raw, line);
    int begin = line == 0 && isMarked(raw, end) ? MARK.length : line;
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

  private static boolean isMarked(byte[] raw, int end) {
    return end >= MARK.length && Arrays.equals(raw, 0, MARK.length, MARK, 0, MARK.length);
  }

  private int lineEnd(int line) {
    return lineEnd(raw, line);
  }

  private static int lineEnd(byte[] raw, int line) {
    int at = line;
    while (at < raw.length && raw[at] != '\n' && raw[at] != '\r') {
      at++;
    }
    return at;
  }

  private int nextLine(int line) {
    return nextLine(raw, line);
  }

  private static int nextLine(byte[] raw, int line) {
    int end = lineEnd(raw, line);
    boolean both = end + 1 < raw.length && raw[end] == '\r' && raw[end + 1] == '\n';
    return both ? end + 2 : Math.min(end + 1, raw.length);
  }

  @Override
  public String toString() {
    return "ServerEvent[" + raw.length + " bytes]";
  }
}
