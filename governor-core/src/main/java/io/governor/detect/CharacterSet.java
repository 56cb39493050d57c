package io.governor.detect;

/** A set of ASCII characters, asked for every character of a text. Immutable. */
record CharacterSet(long low, long high) {

  private static final int HALF = 64;
  private static final int ASCII = 128;

  static CharacterSet of(String characters) {
    CharacterSet set = new CharacterSet(0, 0);
    for (int i = 0; i < characters.length(); i++) {
      set = set.with(characters.charAt(i), characters.charAt(i));
    }
    return set;
  }

  static CharacterSet alphanumericsAnd(String characters) {
    return of(characters).with('0', '9').with('A', 'Z').with('a', 'z');
  }

  /** This set and the characters from one to another, both in ASCII. */
  CharacterSet with(char first, char last) {
    long newLow = low;
    long newHigh = high;
    for (int c = first; c <= last; c++) {
      newLow |= c < HALF ? 1L << c : 0;
      newHigh |= c < HALF ? 0 : 1L << (c - HALF);
    }
    return new CharacterSet(newLow, newHigh);
  }

  boolean has(char c) {
    return c < ASCII && ((c < HALF ? low : high) >>> c & 1) != 0;
  }
}
