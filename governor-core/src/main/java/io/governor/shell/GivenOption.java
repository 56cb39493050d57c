package io.governor.shell;

import java.util.List;

/**
 * Finds an option among the words of a command, by the conventions most programs share
 * (POSIX.1-2017, 12.2; GNU, Argument Syntax): letters may stand together behind one dash, long
 * names may have a value behind {@code =} and may be cut short.
 */
final class GivenOption {
  /** As many words as are looked at. */
  private static final int MAX = 4096;

  private GivenOption() {}

  /**
   * @param inDoubt what is said where only the program knows: of a long name that is cut short, of
   *     a letter that may belong to the value of another one before it, of what stands behind
   *     {@code --}, and beyond the words that are looked at
   */
  static boolean among(List<String> arguments, String option, boolean inDoubt) {
    int limit = Math.min(arguments.size(), MAX);
    boolean operands = false;
    for (int i = 0; i < limit; i++) {
      String word = arguments.get(i);
      boolean counts = !operands || inDoubt;
      if (counts && Arguments.isOption(word) && is(word, option, inDoubt)) {
        return true;
      }
      operands |= word.equals("--");
    }
    boolean letters = !option.startsWith("--") && option.length() > 2;
    return (letters && eachLetter(arguments, option, inDoubt))
        || (inDoubt && arguments.size() > MAX);
  }

  /** {@code -rf} is also given as {@code -r -f} and as {@code -fr}. */
  private static boolean eachLetter(List<String> arguments, String option, boolean inDoubt) {
    String together = lettersOf(arguments, option);
    return option
        .chars()
        .skip(1)
        .allMatch(
            letter ->
                together.indexOf(letter) >= 0 || among(arguments, "-" + (char) letter, inDoubt));
  }

  /** The letters in words that hold no other ones, so that none is the value of another. */
  private static String lettersOf(List<String> arguments, String option) {
    StringBuilder letters = new StringBuilder();
    for (String word : arguments.subList(0, Math.min(arguments.size(), MAX))) {
      if (word.equals("--")) {
        break;
      }
      if (word.length() <= option.length()
          && Arguments.isOption(word)
          && word.chars().skip(1).allMatch(c -> c != '-' && option.indexOf(c) > 0)) {
        letters.append(word);
      }
    }
    return letters.toString();
  }

  private static boolean is(String word, String option, boolean inDoubt) {
    int equals = word.indexOf('=');
    String name = equals < 0 ? word : word.substring(0, equals);
    if (name.equals(option)) {
      return true;
    }
    if (word.startsWith("--")) {
      int gap = Unknown.firstIn(name);
      String typed = gap < 0 ? name : name.substring(0, gap);
      boolean shortened = typed.length() > 2 || gap >= 0;
      return inDoubt && shortened && option.startsWith(typed);
    }
    boolean letter = option.length() == 2 && option.charAt(1) != '-';
    int at = letter ? word.indexOf(option.charAt(1), 1) : -1;
    return at == 1 || (inDoubt && (at > 1 || Unknown.firstIn(word) >= 0));
  }
}
