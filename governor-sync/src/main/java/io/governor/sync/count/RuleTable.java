package io.governor.sync.count;

import io.governor.RuleId;
import io.governor.sync.RuleCounts;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The rules that are counted, each with a number, looked up by the bytes of their ids. An id has at
 * most 15 bytes, which two words hold. Immutable; any thread may use it.
 */
final class RuleTable {

  static final int UNKNOWN = -1;

  private static final int LONGEST = 15;
  private static final long MIX = 0x9e3779b97f4a7c15L;

  private final List<RuleId> rules;
  private final int shift;

  /** Places of three: the two words and the rule's number; a free place is all zeros. */
  private final long[] places;

  RuleTable(RuleCounts zero) {
    rules = List.copyOf(zero.byRule().keySet());
    int bits = 66 - Long.numberOfLeadingZeros(rules.size());
    shift = 64 - bits;
    places = new long[3 << bits];
    for (int i = 0; i < rules.size(); i++) {
      put(i);
    }
  }

  private void put(int rule) {
    byte[] id = rules.get(rule).value().getBytes(StandardCharsets.US_ASCII);
    long low = low(id, 0, id.length);
    long high = high(id, 0, id.length);
    int at = place(low, high);
    places[at] = low;
    places[at + 1] = high;
    places[at + 2] = rule;
  }

  int size() {
    return rules.size();
  }

  /** The number of the rule whose id stands there, or {@link #UNKNOWN}. */
  int find(byte[] bytes, int from, int length) {
    if (length > LONGEST || length == 0) {
      return UNKNOWN;
    }
    int at = place(low(bytes, from, length), high(bytes, from, length));
    return places[at] == 0 ? UNKNOWN : (int) places[at + 2];
  }

  /** Where the words stand, or the free place where they would. */
  private int place(long low, long high) {
    int mask = (places.length / 3) - 1;
    int at = (int) (((low ^ Long.rotateLeft(high, 29)) * MIX) >>> shift) & mask;
    while (places[3 * at] != 0 && (places[3 * at] != low || places[3 * at + 1] != high)) {
      at = (at + 1) & mask;
    }
    return 3 * at;
  }

  private static long low(byte[] bytes, int from, int length) {
    return word(bytes, from, Math.min(8, length));
  }

  private static long high(byte[] bytes, int from, int length) {
    return word(bytes, from + 8, length - 8);
  }

  private static long word(byte[] bytes, int from, int count) {
    long word = 0;
    for (int i = 0; i < count; i++) {
      word |= (bytes[from + i] & 0xffL) << (8 * i);
    }
    return word;
  }

  /** The counts, given by the rules' numbers. */
  RuleCounts counts(long[] byNumber) {
    SortedMap<RuleId, Long> counts = new TreeMap<>();
    for (int i = 0; i < rules.size(); i++) {
      counts.put(rules.get(i), byNumber[i]);
    }
    return new RuleCounts(counts);
  }
}
