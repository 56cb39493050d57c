package io.governor;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Cuts a tool's name into words (execution record, section 5.2): at every character that is not a
 * letter or digit, before a capital that follows a small letter or digit, and before the last
 * capital of a run that a small letter follows.
 */
final class ToolWords {

  private ToolWords() {}

  static List<String> of(String name) {
    List<String> words = new ArrayList<>();
    int start = 0;
    for (int i = 0; i <= name.length(); i++) {
      boolean gap = i == name.length() || !Character.isLetterOrDigit(name.charAt(i));
      if (gap || beginsWord(name, i, start)) {
        add(name.substring(start, i), words);
        start = gap ? i + 1 : i;
      }
    }
    return words;
  }

  private static boolean beginsWord(String name, int i, int start) {
    if (i == start || !Character.isUpperCase(name.charAt(i))) {
      return false;
    }
    char before = name.charAt(i - 1);
    boolean smallFollows = i + 1 < name.length() && Character.isLowerCase(name.charAt(i + 1));
    return Character.isLowerCase(before)
        || Character.isDigit(before)
        || (Character.isUpperCase(before) && smallFollows);
  }

  private static void add(String word, List<String> words) {
    int end = word.length();
    while (end > 0 && Character.isDigit(word.charAt(end - 1))) {
      end--;
    }
    if (end > 0) {
      words.add(word.substring(0, end).toLowerCase(Locale.ROOT));
    }
  }
}
