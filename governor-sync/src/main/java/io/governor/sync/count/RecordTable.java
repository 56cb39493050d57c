package io.governor.sync.count;

import java.util.Arrays;

/**
 * Records, each key once: of those that share one, the first in the order of reading. Open
 * addressing that grows up to a bound. Confined to one thread.
 */
final class RecordTable {

  private static final int FIRST_CAPACITY = 1 << 10;
  private static final int MOST = 1 << 24;

  private final Records form;
  private final int most;
  private long[] records;

  /** One more than the number of the record, twice as many as there may be records; 0 is free. */
  private int[] slots;

  private int size;

  /**
   * @param bytes what it may take, a little more than which it takes while it grows
   */
  RecordTable(Records form, long bytes) {
    this.form = form;
    long each = form.width() * (long) Long.BYTES + 4 * Integer.BYTES;
    this.most = (int) Math.max(1, Math.min(MOST, bytes / each));
    int capacity = Math.min(most, FIRST_CAPACITY);
    records = new long[capacity * form.width()];
    slots = new int[slots(capacity)];
  }

  private static int slots(int capacity) {
    return Integer.highestOneBit(capacity) * 4;
  }

  /** False when there is no room for another key. */
  boolean add(long[] from, int at) {
    long high = from[at + Records.HIGH];
    long low = from[at + Records.LOW];
    int mask = slots.length - 1;
    int slot = (int) low & mask;
    for (; slots[slot] != 0; slot = (slot + 1) & mask) {
      int there = (slots[slot] - 1) * form.width();
      if (records[there + Records.HIGH] == high && records[there + Records.LOW] == low) {
        if (from[at + Records.ORDER] < records[there + Records.ORDER]) {
          System.arraycopy(from, at, records, there, form.width());
        }
        return true;
      }
    }
    return append(from, at, slot);
  }

  private boolean append(long[] from, int at, int slot) {
    if (size == most) {
      return false;
    }
    if (size * form.width() == records.length) {
      grow();
      return add(from, at);
    }
    System.arraycopy(from, at, records, size * form.width(), form.width());
    slots[slot] = ++size;
    return true;
  }

  private void grow() {
    int capacity = Math.min(most, 2 * size);
    records = Arrays.copyOf(records, capacity * form.width());
    slots = new int[slots(capacity)];
    int mask = slots.length - 1;
    for (int i = 0; i < size; i++) {
      int slot = (int) records[i * form.width() + Records.LOW] & mask;
      while (slots[slot] != 0) {
        slot = (slot + 1) & mask;
      }
      slots[slot] = i + 1;
    }
  }

  /** The records, one behind the other up to {@link #end}. */
  long[] records() {
    return records;
  }

  int end() {
    return size * form.width();
  }

  void clear() {
    size = 0;
    Arrays.fill(slots, 0);
  }
}
