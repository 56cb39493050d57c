package io.governor.trace;

import io.governor.event.GovernorMember;
import io.governor.event.TraceEvent;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Where a chain has come to. Immutable.
 *
 * @param hash the hash of its last line, 64 hex digits
 * @param lines how many lines it has
 */
record ChainHead(String hash, long lines) {

  private static final int HEX_DIGITS = 2 * HashChain.HASH_BYTES;

  /** The head of a chain without lines. */
  static final ChainHead START = new ChainHead("0".repeat(HEX_DIGITS), 0);

  ChainHead {
    if (!isHash(hash)) {
      throw new IllegalArgumentException("chain hash: expected " + HEX_DIGITS + " hex digits");
    }
  }

  static ChainHead of(byte[] hash, long lines) {
    return new ChainHead(HexFormat.of().formatHex(hash), lines);
  }

  byte[] bytes() {
    return HexFormat.of().parseHex(hash);
  }

  /** The head after one more line was read; unchanged when the line is not chained. */
  ChainHead after(TraceEvent event) {
    String next = hashOf(event);
    return next == null ? this : new ChainHead(next, lines + 1);
  }

  /** Whether the line was written on top of this head. */
  boolean isBefore(TraceEvent event) {
    GovernorMember governor = event.governor();
    return governor != null && governor.chain() != null && hash.equals(governor.chain().prev());
  }

  private static @Nullable String hashOf(TraceEvent event) {
    GovernorMember governor = event.governor();
    if (governor == null || governor.chain() == null) {
      return null;
    }
    String hash = governor.chain().hash();
    return isHash(hash) ? hash : null;
  }

  private static boolean isHash(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (!HexFormat.isHexDigit(text.charAt(i))) {
        return false;
      }
    }
    return text.length() == HEX_DIGITS;
  }
}
