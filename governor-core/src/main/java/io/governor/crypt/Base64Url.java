package io.governor.crypt;

import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Base64 in the alphabet for URLs without padding (RFC 4648, section 5). Stateless. */
final class Base64Url {

  private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
  private static final Base64.Decoder DECODER = Base64.getUrlDecoder();

  private Base64Url() {}

  static byte[] encode(byte[] bytes) {
    return ENCODER.encode(bytes);
  }

  /**
   * The bytes of a text; null when no bytes are written like that. Each text has bytes of its own:
   * where the last character has bits that say nothing, they are zero.
   */
  static byte @Nullable [] decode(byte[] text, int from, int to) {
    try {
      byte[] bytes = DECODER.decode(Arrays.copyOfRange(text, from, to));
      return isWrittenSo(bytes, text, to, (to - from) % 4) ? bytes : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /** Whether the last characters are those that we would write, and no padding. */
  private static boolean isWrittenSo(byte[] bytes, byte[] text, int to, int rest) {
    if (rest == 0) {
      return bytes.length == 0 || text[to - 1] != '=';
    }
    byte[] last = ENCODER.encode(Arrays.copyOfRange(bytes, bytes.length - rest + 1, bytes.length));
    return last[rest - 1] == text[to - 1];
  }
}
