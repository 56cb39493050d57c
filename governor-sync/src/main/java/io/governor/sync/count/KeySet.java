package io.governor.sync.count;

/**
 * A set of 128-bit keys that takes 20 to 25 bytes for each. Keys are taken for evenly distributed,
 * as hashes are. Open addressing in 256 small tables that grow one by one and by a quarter, so that
 * there is never a moment at which everything is held twice. Confined to one thread.
 */
final class KeySet {

  private static final int TABLES = 256;
  private static final int FIRST_CAPACITY = 16;

  /** Keys by pairs of longs; a pair of zeros is a free place. */
  private final long[][] tables = new long[TABLES][2 * FIRST_CAPACITY];

  private final int[] sizes = new int[TABLES];
  private long size;

  /** Adds a key; false when it was there before. */
  boolean add(long high, long low) {
    // The key of two zeros, which no hash will ever be, shares the place of its neighbour.
    long second = high == 0 && low == 0 ? 1 : low;
    int table = (int) second & (TABLES - 1);
    if (!insert(tables[table], high, second)) {
      return false;
    }
    size++;
    int capacity = tables[table].length / 2;
    if (++sizes[table] > capacity - capacity / 5) {
      tables[table] = grown(tables[table]);
    }
    return true;
  }

  long size() {
    return size;
  }

  private static boolean insert(long[] table, long high, long low) {
    int capacity = table.length / 2;
    int place = (int) (((high >>> 32) * capacity) >>> 32);
    while (true) {
      long placeHigh = table[2 * place];
      long placeLow = table[2 * place + 1];
      if (placeHigh == 0 && placeLow == 0) {
        table[2 * place] = high;
        table[2 * place + 1] = low;
        return true;
      }
      if (placeHigh == high && placeLow == low) {
        return false;
      }
      place = place + 1 == capacity ? 0 : place + 1;
    }
  }

  private static long[] grown(long[] table) {
    int capacity = table.length / 2;
    long[] larger = new long[2 * (capacity + capacity / 4)];
    for (int i = 0; i < table.length; i += 2) {
      if (table[i] != 0 || table[i + 1] != 0) {
        insert(larger, table[i], table[i + 1]);
      }
    }
    return larger;
  }
}
