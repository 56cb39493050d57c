package io.governor.sync.ledger;

import java.util.Arrays;

/** Numbers in a row. Confined to one thread. */
final class LongList {

  private long[] values = {};
  private int size;

  void add(long value) {
    if (size == values.length) {
      values = Arrays.copyOf(values, Math.max(2, 2 * size));
    }
    values[size++] = value;
  }

  long get(int index) {
    return values[index];
  }

  int size() {
    return size;
  }
}
