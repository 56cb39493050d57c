package io.governor.detect;

import java.util.Arrays;

/**
 * Takes the spans that a detector reports while it looks at one text. Confined to the thread that
 * scans, and of no use after the call it was given to.
 */
public final class Spans {

  private static final int FIRST_CAPACITY = 8;
  private static final long[] NONE = new long[0];

  private final int textLength;
  private int[] owners = new int[0];
  private long[] ranges = NONE;
  private int size;
  private int owner;
  private int offset;
  private int limit;

  Spans(int textLength) {
    this.textLength = textLength;
    this.limit = textLength;
  }

  /**
   * Reports the characters from {@code start}, inclusive, to {@code end}, exclusive, of the text
   * being looked at. A span that is empty or not within the text is ignored.
   */
  public void add(int start, int end) {
    if (start < 0 || end <= start || end > limit - offset) {
      return;
    }
    if (size == ranges.length) {
      int capacity = Math.max(FIRST_CAPACITY, size * 2);
      ranges = Arrays.copyOf(ranges, capacity);
      owners = Arrays.copyOf(owners, capacity);
    }
    owners[size] = owner;
    ranges[size++] = (long) (start + offset) << 32 | (end + offset);
  }

  /** From now on spans belong to this detector. */
  void ownedBy(int detector) {
    this.owner = detector;
  }

  /** From now on spans are relative to a piece of the text. */
  void within(int from, int to) {
    this.offset = from;
    this.limit = Math.min(to, textLength);
  }

  int offset() {
    return offset;
  }

  int size() {
    return size;
  }

  int owner(int index) {
    return owners[index];
  }

  int start(int index) {
    return (int) (ranges[index] >>> 32);
  }

  int end(int index) {
    return (int) ranges[index];
  }

  /** The number of spans, nothing of the text. */
  @Override
  public String toString() {
    return size + " spans";
  }
}
