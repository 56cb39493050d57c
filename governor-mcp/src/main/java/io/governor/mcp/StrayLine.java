package io.governor.mcp;

/** What servers print where only messages belong: logs, banners, progress. */
final class StrayLine {

  private StrayLine() {}

  /** Whether a line is no message, nor a broken one that somebody may wait for. */
  static boolean is(byte[] line) {
    if (line == LineFrames.TOO_LONG) {
      return false;
    }
    return switch (first(line)) {
      case '{' -> false;
      // A log's [INFO] and a batch begin alike.
      case '[' -> !isFrame(line);
      default -> true;
    };
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
