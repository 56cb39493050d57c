package io.governor.sync.count;

/** What the first bytes of a file or stream tell about the rest. Stateless. */
public final class TextStart {

  private TextStart() {}

  static boolean isGzip(byte[] bytes, int from, int to) {
    return to - from >= 2 && bytes[from] == 0x1f && bytes[from + 1] == (byte) 0x8b;
  }

  /** Behind a byte-order mark, if there is one. */
  public static int afterMark(byte[] bytes, int from, int to) {
    boolean mark =
        to - from >= 3
            && bytes[from] == (byte) 0xef
            && bytes[from + 1] == (byte) 0xbb
            && bytes[from + 2] == (byte) 0xbf;
    return mark ? from + 3 : from;
  }

  /** The first byte that is neither of a byte-order mark nor white space; -1 if there is none. */
  public static int firstByte(byte[] bytes, int from, int to) {
    for (int i = afterMark(bytes, from, to); i < to; i++) {
      if (!isBlank(bytes[i])) {
        return bytes[i] & 0xff;
      }
    }
    return -1;
  }

  public static boolean isBlank(byte b) {
    return b == ' ' || b == '\t' || b == '\r' || b == '\n';
  }
}
