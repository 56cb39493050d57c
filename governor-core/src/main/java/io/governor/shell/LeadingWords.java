package io.governor.shell;

import java.util.List;

/** Finds the sub-command of a program among its options. */
final class LeadingWords {
  /** As many words as are looked at; sub-commands stand at the front. */
  static final int MAX = 1024;

  private LeadingWords() {}

  /**
   * Whether the first words that are no options are these. The word after an option may be the
   * option's value and is then stepped over: which options take one, every program decides anew.
   */
  static boolean are(List<String> expected, List<String> arguments) {
    return are(expected, arguments, false);
  }

  /**
   * @param inDoubt what is said where a word is only known to a running shell, and beyond the words
   *     that are looked at
   */
  static boolean are(List<String> expected, List<String> arguments, boolean inDoubt) {
    int found = 0;
    boolean mayBeValue = false;
    boolean unknownValue = false;
    int limit = Math.min(arguments.size(), MAX);
    for (int i = 0; i < limit && found < expected.size(); i++) {
      String argument = arguments.get(i);
      boolean option = argument.length() > 1 && Arguments.isOption(argument);
      boolean unknown = inDoubt && PathName.hasGap(argument);
      if (!option && argument.equals(expected.get(found))) {
        found++;
      } else if (unknown && !option && !mayBeValue) {
        // It may stand for several words.
        return true;
      } else if (!option && !mayBeValue) {
        return false;
      }
      unknownValue = unknown && mayBeValue;
      mayBeValue = option && argument.indexOf('=') < 0;
    }
    boolean unseen = inDoubt && (unknownValue || arguments.size() > MAX);
    return found == expected.size() || unseen;
  }
}
