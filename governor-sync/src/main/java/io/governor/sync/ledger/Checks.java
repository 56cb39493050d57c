package io.governor.sync.ledger;

import java.util.Arrays;

/**
 * Hashes of beginnings of a text, each up to the end of a line: every line's while there are few,
 * then every second one's, and so on, so that there are at most {@value #MOST}. A text that was cut
 * is recognised up to the last of them that it still has. Confined to one thread.
 */
final class Checks {

  static final int MOST = 16;

  private long[] offsets = new long[MOST];
  private long[] hashes = new long[MOST];
  private long[] lines = new long[MOST];
  private int count;
  private long lineNumber;
  private long stride = 1;

  /** Whether the hash up to the end of the line that comes now is wanted. */
  boolean wants() {
    return (lineNumber + 1) % stride == 0;
  }

  /** Passes a line whose hash is not wanted. */
  void pass() {
    lineNumber++;
  }

  /**
   * Takes the line that comes now.
   *
   * @param end where it ends
   * @param hash of everything up to there
   * @param line hash of the line alone
   */
  void add(long end, long hash, long line) {
    lineNumber++;
    if (count == MOST) {
      thin();
      if (lineNumber % stride != 0) {
        return;
      }
    }
    offsets[count] = end;
    hashes[count] = hash;
    lines[count] = line;
    count++;
  }

  /** Keeps every second. */
  private void thin() {
    for (int i = 1; i < count; i += 2) {
      offsets[i / 2] = offsets[i];
      hashes[i / 2] = hashes[i];
      lines[i / 2] = lines[i];
    }
    count /= 2;
    stride *= 2;
  }

  /** How many lie before an offset. */
  private int before(long end) {
    int found = 0;
    while (found < count && offsets[found] < end) {
      found++;
    }
    return found;
  }

  long[] offsets(long end) {
    return Arrays.copyOf(offsets, before(end));
  }

  long[] hashes(long end) {
    return Arrays.copyOf(hashes, before(end));
  }

  long[] lines(long end) {
    return Arrays.copyOf(lines, before(end));
  }
}
