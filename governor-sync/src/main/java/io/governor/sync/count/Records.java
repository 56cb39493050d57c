package io.governor.sync.count;

/**
 * How an event with violations is kept: in a row of longs that hold its key, its place in the order
 * of reading, how many rules it violated that are not published, and a bit for each published one
 * that it did. Immutable.
 *
 * @param width longs in a record
 */
record Records(int width) {

  static final int HIGH = 0;
  static final int LOW = 1;
  static final int ORDER = 2;

  /** The number of unpublished rules fills the lower half of the first of these; bits follow. */
  static final int RULES = 3;

  private static final int FIRST_BIT = Integer.SIZE;

  /** For so many published rules. */
  static Records of(int rules) {
    return new Records(RULES + (FIRST_BIT + rules + Long.SIZE - 1) / Long.SIZE);
  }

  /** Where the records end in a piece that has no room for another. */
  int fullEnd(long[] piece) {
    return piece.length - piece.length % width;
  }

  int ruleWords() {
    return width - RULES;
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
