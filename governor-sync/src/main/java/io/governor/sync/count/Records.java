package io.governor.sync.count;

/**
 * How an event with violations is kept: in a row of longs that hold its key, its place in the order
 * of reading, how many rules it violated that are not published, a bit for each published one that
 * it did, and, where events are told apart for people, the group it is in. Immutable.
 *
 * @param rules how many rules are published
 * @param grouped whether there are groups
 */
record Records(int rules, boolean grouped) {

  static final int HIGH = 0;
  static final int LOW = 1;
  static final int ORDER = 2;

  /** The number of unpublished rules fills the lower half of the first of these; bits follow. */
  static final int RULES = 3;

  private static final int FIRST_BIT = Integer.SIZE;

  /** Longs in a record. */
  int width() {
    return RULES + ruleWords() + (grouped ? 1 : 0);
  }

  /** Where the records end in a piece that has no room for another. */
  int fullEnd(long[] piece) {
    return piece.length - piece.length % width();
  }

  int ruleWords() {
    return (FIRST_BIT + rules + Long.SIZE - 1) / Long.SIZE;
  }

  int group(long[] records, int at) {
    return grouped ? (int) records[at + RULES + ruleWords()] : 0;
  }

  void setGroup(long[] records, int at, int group) {
    if (grouped) {
      records[at + RULES + ruleWords()] = group;
    }
  }

  /** Sets a rule's bit in the words that follow {@link #RULES}. */
  static void set(long[] ruleWords, int rule) {
    int bit = FIRST_BIT + rule;
    ruleWords[bit / Long.SIZE] |= 1L << bit;
  }

  /** Adds up what the record at this place says. */
  void addTo(long[] occurrences, long[] records, int at) {
    for (int word = 0; word < ruleWords(); word++) {
      long bits = records[at + RULES + word];
      if (word == 0) {
        bits &= -1L << FIRST_BIT;
      }
      for (; bits != 0; bits &= bits - 1) {
        occurrences[word * Long.SIZE - FIRST_BIT + Long.numberOfTrailingZeros(bits)]++;
      }
    }
  }

  static long unpublished(long[] records, int at) {
    return records[at + RULES] & 0xffff_ffffL;
  }
}
