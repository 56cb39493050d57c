package io.governor.detect;

import java.util.List;

/** What the detectors that begin at a digit share. */
final class Digits {

  /** They are asked where a run of digits begins. */
  static final List<String> LITERALS = List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");

  private Digits() {}

  /** The number of digits from a place on, at most {@code most}. */
  static int run(String text, int from, int most) {
    int at = from;
    while (at - from < most && Characters.isDigit(Characters.at(text, at))) {
      at++;
    }
    return at - from;
  }

  /**
   * Whether a number stands alone: it is no part of a word, of a fraction, or of an identifier
   * whose groups are joined by dashes.
   */
  static boolean standsAlone(String text, int start, int end) {
    return Characters.startsWord(text, start)
        && !Characters.isWord(Characters.at(text, end))
        && !joins(text, start - 1, -1)
        && !joins(text, end, 1);
  }

  private static boolean joins(String text, int at, int step) {
    char sign = Characters.at(text, at);
    if (sign == '.') {
      return Characters.isDigit(Characters.at(text, at + step));
    }
    return sign == '-' && groupHasDigit(text, at + step, step);
  }

  private static boolean groupHasDigit(String text, int from, int step) {
    int at = from;
    while (Math.abs(at - from) < 16 && Characters.isAlphanumeric(Characters.at(text, at))) {
      if (Characters.isDigit(text.charAt(at))) {
        return true;
      }
      at += step;
    }
    return false;
  }
}
