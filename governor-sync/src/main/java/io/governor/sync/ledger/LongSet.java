package io.governor.sync.ledger;

/** A set of numbers, eight bytes each and as much room again. Confined to one thread. */
final class LongSet {

  private long[] slots = new long[64];
  private int size;
  private boolean zero;

  static LongSet of(long[] values) {
    LongSet set = new LongSet();
    for (long value : values) {
      set.add(value);
    }
    return set;
  }

  void add(long value) {
    if (value == 0) {
      zero = true;
      return;
    }
    int at = slot(value);
    if (slots[at] == 0) {
      slots[at] = value;
      size++;
      if (size > slots.length / 2) {
        grow();
      }
    }
  }

  boolean contains(long value) {
    return value == 0 ? zero : slots[slot(value)] == value;
  }

  private int slot(long value) {
    int mask = slots.length - 1;
    int at = (int) (value ^ (value >>> 32)) & mask;
    while (slots[at] != 0 && slots[at] != value) {
      at = (at + 1) & mask;
    }
    return at;
  }

  private void grow() {
    long[] before = slots;
    slots = new long[before.length * 2];
    for (long value : before) {
      if (value != 0) {
        slots[slot(value)] = value;
      }
    }
  }
}
