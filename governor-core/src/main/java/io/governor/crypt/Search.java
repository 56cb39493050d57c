package io.governor.crypt;

import java.util.Arrays;

/**
 * Finds a few bytes among many without looking at each (R. N. Horspool, Practical fast searching in
 * strings, 1980). Immutable; any thread may use it.
 */
final class Search {

  private final byte[] wanted;
  private final byte[] steps = new byte[256];

  /**
   * @param wanted 1 to 127 bytes
   */
  Search(byte[] wanted) {
    this.wanted = wanted;
    int length = wanted.length;
    Arrays.fill(steps, (byte) length);
    for (int i = 0; i < length - 1; i++) {
      steps[wanted[i] & 0xff] = (byte) (length - 1 - i);
    }
  }

  /** Where the wanted bytes begin first; -1 if nowhere. */
  int in(byte[] bytes, int from, int to) {
    int last = wanted.length - 1;
    int at = from + last;
    while (at < to) {
      byte b = bytes[at];
      if (b == wanted[last] && isAt(bytes, at - last)) {
        return at - last;
      }
      at += steps[b & 0xff];
    }
    return -1;
  }

  private boolean isAt(byte[] bytes, int start) {
    return Arrays.equals(bytes, start, start + wanted.length, wanted, 0, wanted.length);
  }
}
