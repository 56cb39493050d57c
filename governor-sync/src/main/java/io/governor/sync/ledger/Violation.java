package io.governor.sync.ledger;

import io.governor.event.EventDecoder;
import io.governor.event.EventHead;
import io.governor.event.MalformedEventException;
import io.governor.sync.count.TextStart;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * An event that can count, because it violates a rule.
 *
 * @param key what it is known by
 */
record Violation(EventHead event, long key) {

  private static final byte[] NAME = "policy_violations\"".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] NONE = ": []".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] NONE_SHORT = ":[]".getBytes(StandardCharsets.US_ASCII);

  /**
   * The event of a line, or of an item of an array, when it violates a rule; null for all others.
   * Most lines say so in so many words, and are not taken apart.
   */
  static @Nullable Violation in(byte[] bytes, int from, int length, MessageDigest digest) {
    if (saysNone(bytes, from, from + length)) {
      return null;
    }
    int start = from;
    int end = from + length;
    while (start < end && TextStart.isBlank(bytes[start])) {
      start++;
    }
    while (start < end && TextStart.isBlank(bytes[end - 1])) {
      end--;
    }
    return ofEvent(bytes, start, end - start, digest);
  }

  private static @Nullable Violation ofEvent(
      byte[] bytes, int from, int length, MessageDigest digest) {
    try {
      EventHead event = EventDecoder.head(bytes, from, length);
      return event.violations().isEmpty()
          ? null
          : new Violation(event, EventKey.of(event, bytes, from, length, digest));
    } catch (MalformedEventException e) {
      return null;
    }
  }

  /** Whether the name stands there once, and behind it that there is none. */
  private static boolean saysNone(byte[] bytes, int from, int end) {
    int first = indexOfName(bytes, from, end);
    if (first < 0) {
      return false;
    }
    int behind = first + NAME.length;
    return (isAt(bytes, behind, end, NONE) || isAt(bytes, behind, end, NONE_SHORT))
        && indexOfName(bytes, behind, end) < 0
        && !hasEscape(bytes, from, end);
  }

  /** A name may be written with an escape. */
  private static boolean hasEscape(byte[] bytes, int from, int end) {
    for (int i = from; i < end - 1; i++) {
      if (bytes[i] == '\\' && bytes[i + 1] == 'u') {
        return true;
      }
    }
    return false;
  }

  private static int indexOfName(byte[] bytes, int from, int end) {
    for (int i = from; i <= end - NAME.length; i++) {
      if (bytes[i] == 'p' && bytes[i + 1] == 'o' && isAt(bytes, i, end, NAME)) {
        return i;
      }
    }
    return -1;
  }

  private static boolean isAt(byte[] bytes, int at, int end, byte[] wanted) {
    return at + wanted.length <= end
        && Arrays.equals(bytes, at, at + wanted.length, wanted, 0, wanted.length);
  }
}
