package io.governor.shell;

import java.util.List;

/** Finds the sub-command of a program among its options. */
final class LeadingWords {
  /** As many words as are looked at; sub-commands stand at the front. */
  static final int MAX = 16;

  private LeadingWords() {}

  /**
   * Whether the first words that are no options are these. The word after an option may be the
   * option's value and is then stepped over: which options take one, every program decides anew.
   */
  static boolean are(List<String> expected, List<String> arguments) {
    int found = 0;
    boolean mayBeValue = false;
    int limit = Math.min(arguments.size(), MAX);
    for (int i = 0; i < limit && found < expected.size(); i++) {
      String argument = arguments.get(i);
      boolean option = argument.length() > 1 && Arguments.isOption(argument);
      if (!option && argument.equals(expected.get(found))) {
        found++;
      } else if (!option && !mayBeValue) {
        return false;
      }
      mayBeValue = option && argument.indexOf('=') < 0;
    }
    return found == expected.size();
  }
}
