package io.governor.detect;

/**
 * How much a text looks drawn at random. The thresholds are ours: a random hexadecimal text of 32
 * characters has about 3.6 bits a character, a word or an identifier mostly less than 3.3 and no
 * digits. Pure functions.
 */
final class Likelihood {

  private Likelihood() {}

  /** Shannon's entropy in bits per character, of the characters as they occur. */
  static double entropy(String text) {
    int[] counts = new int[128];
    int others = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < counts.length) {
        counts[c]++;
      } else {
        others++;
      }
    }
    double bits = bits(others, text.length());
    for (int count : counts) {
      bits += bits(count, text.length());
    }
    return bits;
  }

  private static double bits(int count, int length) {
    double share = (double) count / length;
    return count == 0 ? 0 : -share * Math.log(share) / Math.log(2);
  }

  /** The number of different characters; all beyond ASCII count as one. */
  static int distinct(String text) {
    long low = 0;
    long high = 0;
    int others = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 64) {
        low |= 1L << c;
      } else if (c < 128) {
        high |= 1L << (c - 64);
      } else {
        others = 1;
      }
    }
    return Long.bitCount(low) + Long.bitCount(high) + others;
  }

  static boolean hasDigit(String text) {
    return has(text, '0', '9');
  }

  static boolean hasLetter(String text) {
    return has(text, 'a', 'z') || has(text, 'A', 'Z');
  }

  static boolean hasBothCases(String text) {
    return has(text, 'a', 'z') && has(text, 'A', 'Z');
  }

  static boolean hasSymbol(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (!Characters.isAlphanumeric(text.charAt(i))) {
        return true;
      }
    }
    return false;
  }

  private static boolean has(String text, char first, char last) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= first && c <= last) {
        return true;
      }
    }
    return false;
  }

  /** How often, inside the text, a letter meets a digit or a lower letter a capital before it. */
  static int changes(String text) {
    int changes = 0;
    for (int i = 1; i < text.length(); i++) {
      if (kind(text.charAt(i)) != kind(text.charAt(i - 1))) {
        changes++;
      }
    }
    return changes;
  }

  private static int kind(char c) {
    if (Characters.isDigit(c)) {
      return 0;
    }
    return Characters.isUpper(c) ? 1 : Characters.isLetter(c) ? 2 : 3;
  }
}
