package io.governor.trace;

import io.governor.json.JsonWriter;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * The end of a file's hash chain while the file is written: each event is hashed once, and the
 * digest and the digits of the line before are kept for the next. Not safe for use by several
 * threads.
 */
final class ChainEnd {

  private final MessageDigest digest = HashChain.sha256();
  private byte[] hash;
  private byte[] digits;
  private byte[] nextHash = HashChain.start();
  private byte[] nextDigits = new byte[HashChain.HEX_BYTES];
  private long lines;

  ChainEnd(ChainHead head) {
    hash = head.bytes();
    digits = HashChain.digits(hash, new byte[HashChain.HEX_BYTES]);
    lines = head.lines();
  }

  /**
   * Adds the chain to an event that was just written without it.
   *
   * @param line the writer that holds the event, as its last bytes
   * @param start where the event begins in the writer
   */
  void seal(JsonWriter line, int start) {
    int end = line.length();
    int braces = end - HashChain.END.length;
    if (braces < start || !HashChain.holds(line.buffer(), braces, HashChain.END)) {
      throw new IllegalArgumentException("an event needs the member governor to be chained");
    }
    HashChain.next(digest, hash, line.buffer(), start, end - start, nextHash);
    line.truncate(braces)
        .raw(HashChain.BEFORE_PREV)
        .raw(digits)
        .raw(HashChain.BEFORE_HASH)
        .raw(HashChain.digits(nextHash, nextDigits))
        .raw(HashChain.AFTER_HASH);
  }

  /** The line that was sealed last is on record: the chain goes on from it. */
  void advance() {
    byte[] free = hash;
    hash = nextHash;
    nextHash = free;
    free = digits;
    digits = nextDigits;
    nextDigits = free;
    lines++;
  }

  byte[] nextHash() {
    return Arrays.copyOf(nextHash, nextHash.length);
  }

  long lines() {
    return lines;
  }

  ChainHead head() {
    return ChainHead.of(hash, lines);
  }
}
