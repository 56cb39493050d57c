package io.governor.sync.count;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The bytes of an id: those of UTF-8, and for half a surrogate pair the three that UTF-8 would have
 * for it, so that different ids have different bytes.
 */
final class IdBytes {

  private static final int LONGEST = 3;

  private IdBytes() {}

  static byte[] of(String text) {
    return text.chars().anyMatch(c -> Character.isSurrogate((char) c))
        ? withSurrogates(text)
        : text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] withSurrogates(String text) {
    byte[] bytes = new byte[text.length() * LONGEST];
    int length = 0;
    for (int i = 0; i < text.length(); i++) {
      int point = text.codePointAt(i);
      if (Character.isSupplementaryCodePoint(point)) {
        bytes[length++] = (byte) (0xf0 | (point >> 18));
        bytes[length++] = (byte) (0x80 | ((point >> 12) & 0x3f));
        i++;
      } else if (point < 0x80) {
        bytes[length++] = (byte) point;
        continue;
      } else if (point < 0x800) {
        bytes[length++] = (byte) (0xc0 | (point >> 6));
        bytes[length++] = (byte) (0x80 | (point & 0x3f));
        continue;
      } else {
        bytes[length++] = (byte) (0xe0 | (point >> 12));
      }
      bytes[length++] = (byte) (0x80 | ((point >> 6) & 0x3f));
      bytes[length++] = (byte) (0x80 | (point & 0x3f));
    }
    return Arrays.copyOf(bytes, length);
  }
}
