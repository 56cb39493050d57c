package io.governor.trace;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * What is kept between processes and can be had anew, behind the SHA-256 of it: 64 hex digits and a
 * line end. So what a crash or anything else has damaged is told from what was written. Stateless.
 */
final class CheckedText {

  private static final int HEX_DIGITS = 2 * HashChain.HASH_BYTES;

  private CheckedText() {}

  static byte[] seal(byte[] text) {
    byte[] sealed = Arrays.copyOf(check(text), HEX_DIGITS + 1 + text.length);
    sealed[HEX_DIGITS] = '\n';
    System.arraycopy(text, 0, sealed, HEX_DIGITS + 1, text.length);
    return sealed;
  }

  /** The text, or null when it is not what was sealed. */
  static byte @Nullable [] open(byte[] sealed) {
    if (sealed.length <= HEX_DIGITS || sealed[HEX_DIGITS] != '\n') {
      return null;
    }
    byte[] text = Arrays.copyOfRange(sealed, HEX_DIGITS + 1, sealed.length);
    return HashChain.holds(sealed, 0, check(text)) ? text : null;
  }

  private static byte[] check(byte[] text) {
    String digits = HexFormat.of().formatHex(HashChain.sha256().digest(text));
    return digits.getBytes(StandardCharsets.US_ASCII);
  }
}
