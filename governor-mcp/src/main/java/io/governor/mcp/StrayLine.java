package io.governor.mcp;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** What servers print where only messages belong: logs, banners, progress. */
final class StrayLine {

  private static final byte[] JSONRPC = "\"jsonrpc\"".getBytes(StandardCharsets.US_ASCII);
  private static final List<String> MEMBERS = List.of("jsonrpc", "method", "result", "error");

  private StrayLine() {}

  /** Whether a line is no message, nor a broken one that somebody may wait for. */
  static boolean is(byte[] line) {
    if (line == LineFrames.TOO_LONG) {
      return false;
    }
    return switch (first(line)) {
      case '{' -> !isMessage(line);
      // A log's [INFO] and a batch begin alike.
      case '[' -> !isFrame(line);
      default -> true;
    };
  }

  /** Logs are written in JSON too: what has no member of a message is none. */
  private static boolean isMessage(byte[] line) {
    return holds(line, JSONRPC) || hasMember(line);
  }

  /** The member that all messages have, as all write it; looked for as it stands, for speed. */
  private static boolean holds(byte[] line, byte[] text) {
    for (int i = 0; i + text.length <= line.length; i++) {
      if (line[i] == text[0] && Arrays.equals(line, i, i + text.length, text, 0, text.length)) {
        return true;
      }
    }
    return false;
  }

  private static boolean hasMember(byte[] line) {
    try {
      JsonBytes json = new JsonBytes(line);
      JsonBytes.Span document = json.document();
      return MEMBERS.stream().anyMatch(name -> !json.members(document, name).isEmpty());
    } catch (IndexOutOfBoundsException e) {
      return false;
    }
  }

  private static byte first(byte[] line) {
    for (byte c : line) {
      if (c != ' ' && c != '\t' && c != '\r') {
        return c;
      }
    }
    return 0;
  }

  private static boolean isFrame(byte[] line) {
    try {
      return !Frame.read(line).parts().isEmpty();
    } catch (RefusedFrame e) {
      return !e.ids().isEmpty();
    }
  }
}
