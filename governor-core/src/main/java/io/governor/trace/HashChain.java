package io.governor.trace;

import io.governor.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The hash chain of a trace file (execution record, section 3), for the writer and the verifier
 * alike. A chained line is the event without its last two braces, then {@code , "chain": {"prev":
 * "…", "hash": "…"}}}}: {@value #TAIL_BYTES} bytes. Stateless; any thread may use it.
 */
public final class HashChain {

  /** The length of a hash. */
  public static final int HASH_BYTES = 32;

  /** The length of what the chain adds to a line, its last two braces included. */
  public static final int TAIL_BYTES = 165;

  private static final HexFormat HEX = HexFormat.of();
  private static final byte[] DIGITS = ascii("0123456789abcdef");
  static final byte[] END = ascii("}}");
  static final byte[] BEFORE_PREV = ascii(", \"chain\": {\"prev\": \"");
  static final byte[] BEFORE_HASH = ascii("\", \"hash\": \"");
  static final byte[] AFTER_HASH = ascii("\"}}}");
  static final int HEX_BYTES = 2 * HASH_BYTES;
  private static final int SOME_DIGITS = 16;
  private static final int PREV_AT = BEFORE_PREV.length;
  private static final int HASH_AT = PREV_AT + HEX_BYTES + BEFORE_HASH.length;

  private HashChain() {}

  /** What the first line of a file has as {@code prev}: 32 zeros. */
  public static byte[] start() {
    return new byte[HASH_BYTES];
  }

  /**
   * The hash of a line: SHA-256 over the hash of the line before and the body.
   *
   * @param prev the hash of the line before, {@value #HASH_BYTES} bytes
   * @param body holds the event's bytes without the member {@code chain} and without a line end
   */
  public static byte[] next(byte[] prev, byte[] body, int offset, int length) {
    if (prev.length != HASH_BYTES) {
      throw new IllegalArgumentException("a hash has 32 bytes, not " + prev.length);
    }
    return next(sha256(), prev, body, offset, length, new byte[HASH_BYTES]);
  }

  /** As {@link #next(byte[], byte[], int, int)}, with a digest at hand and into an array. */
  static byte[] next(
      MessageDigest digest, byte[] prev, byte[] body, int offset, int length, byte[] result) {
    try {
      // Whatever an error may have left half-way.
      digest.reset();
      digest.update(prev);
      digest.update(body, offset, length);
      digest.digest(result, 0, HASH_BYTES);
      return result;
    } catch (DigestException e) {
      throw new IllegalStateException("a SHA-256 has 32 bytes", e);
    }
  }

  /** Writes a hash in 64 lower-case hex digits into the array, and gives the array. */
  static byte[] digits(byte[] hash, byte[] result) {
    for (int i = 0; i < HASH_BYTES; i++) {
      result[2 * i] = DIGITS[hash[i] >> 4 & 0xf];
      result[2 * i + 1] = DIGITS[hash[i] & 0xf];
    }
    return result;
  }

  /**
   * Adds the chain to an event that was just written without it, and gives the hash of its line.
   *
   * @param line the writer that holds the event, as its last bytes
   * @param start where the event begins in the writer
   * @param prev the hash of the line before
   * @throws IllegalArgumentException if the event has no member {@code governor}, which the chain
   *     is a part of
   */
  public static byte[] seal(JsonWriter line, int start, byte[] prev) {
    ChainEnd chain = new ChainEnd(ChainHead.of(prev, 0));
    chain.seal(line, start);
    return chain.nextHash();
  }

  /**
   * The two hashes a line carries, 64 lower-case hex digits each.
   *
   * @param prev what it says about the line before
   * @param hash what it says about itself
   */
  record Link(String prev, String hash) {}

  /** What a line's tail says, or null when the line does not end in one. */
  static @Nullable Link linkOf(byte[] line, int offset, int length) {
    int tail = offset + length - TAIL_BYTES;
    boolean fits =
        tail >= offset
            && holds(line, tail, BEFORE_PREV)
            && isHex(line, tail + PREV_AT)
            && holds(line, tail + PREV_AT + HEX_BYTES, BEFORE_HASH)
            && isHex(line, tail + HASH_AT)
            && holds(line, tail + HASH_AT + HEX_BYTES, AFTER_HASH);
    return fits ? new Link(hex(line, tail + PREV_AT), hex(line, tail + HASH_AT)) : null;
  }

  /** Whether a line ends nearly in a tail, which a change of one byte would leave. */
  static boolean nearlyLinked(byte[] line, int offset, int length) {
    int tail = offset + length - TAIL_BYTES;
    return tail >= offset
        && (holds(line, tail, BEFORE_PREV) || holds(line, tail + PREV_AT + HEX_BYTES, BEFORE_HASH));
  }

  /**
   * Whether a line that is no event holds a part of a tail, which no other line has: within the
   * strings of an event quotes are escaped.
   */
  static boolean bearsChain(byte[] line, int offset, int length) {
    int end = offset + length;
    for (int at = offset; at < end; at++) {
      if (begins(line, at, end, BEFORE_PREV) || isHash(line, at, end)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isHash(byte[] line, int at, int end) {
    int digits = at + BEFORE_HASH.length;
    return begins(line, at, end, BEFORE_HASH)
        && end - digits >= SOME_DIGITS
        && isHex(line, digits, digits + SOME_DIGITS);
  }

  private static boolean begins(byte[] line, int at, int end, byte[] part) {
    return line[at] == part[0] && end - at >= part.length && holds(line, at, part);
  }

  /** The hash that a line with a tail should carry, given what it says about the line before. */
  static String hashOf(MessageDigest digest, byte[] line, int offset, int length, Link link) {
    digest.reset();
    digest.update(HEX.parseHex(link.prev()));
    digest.update(line, offset, length - TAIL_BYTES);
    digest.update(END);
    return HEX.formatHex(digest.digest());
  }

  static boolean holds(byte[] line, int at, byte[] part) {
    return Arrays.equals(line, at, at + part.length, part, 0, part.length);
  }

  /** Only lower-case digits: upper-case ones would be a change that the hash does not see. */
  private static boolean isHex(byte[] line, int at) {
    return isHex(line, at, at + HEX_BYTES);
  }

  private static boolean isHex(byte[] line, int from, int to) {
    for (int i = from; i < to; i++) {
      byte c = line[i];
      if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'))) {
        return false;
      }
    }
    return true;
  }

  private static String hex(byte[] line, int at) {
    return new String(line, at, HEX_BYTES, StandardCharsets.US_ASCII);
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
