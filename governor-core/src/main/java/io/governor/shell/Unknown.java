package io.governor.shell;

/**
 * What stands in the text of a word for values only a running shell knows. The characters are
 * noncharacters of Unicode; one that a command's own text holds makes that word unknown, which is
 * the careful reading of it.
 */
final class Unknown {
  /** A value that is not known. */
  static final char VALUE = '\uFFFF';

  /** The directory for temporary files, whatever its name: {@code $TMPDIR}. */
  static final char TEMPORARY = '\uFFFE';

  /** Something read from an input: what {@code xargs} and {@code parallel} add to a command. */
  static final char INPUT = '\uFDD0';

  private Unknown() {}

  static boolean isKnown(String word) {
    return firstIn(word) < 0 && word.indexOf(TEMPORARY) < 0;
  }

  /** Where the first unknown value begins, or -1. */
  static int firstIn(String word) {
    int value = word.indexOf(VALUE);
    int input = word.indexOf(INPUT);
    return value < 0 || input < 0 ? Math.max(value, input) : Math.min(value, input);
  }
}
