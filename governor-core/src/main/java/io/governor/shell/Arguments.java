package io.governor.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The words after a command, redirections left out. An option is any word that begins with {@code
 * -}, a name any other (execution record, section 8.3).
 *
 * @param words the words, quotes removed
 * @param heredoc whether a heredoc feeds the command
 */
record Arguments(List<String> words, boolean heredoc) {
  Arguments {
    words = List.copyOf(words);
  }

  static boolean isOption(String word) {
    return word.startsWith("-");
  }

  List<String> names() {
    return names(Set.of());
  }

  /** The names, without the values of the given options. */
  List<String> names(Set<String> optionsWithValue) {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      if (optionsWithValue.contains(word)) {
        i++;
      } else if (!isOption(word)) {
        names.add(word);
      }
    }
    return names;
  }

  /** The names before the first option. */
  List<String> namesBeforeOptions() {
    return words.stream().takeWhile(word -> !isOption(word)).toList();
  }

  /**
   * The words from the first name on; options before it are skipped, with their value where they
   * take one.
   */
  Arguments fromFirstName(Set<String> optionsWithValue) {
    int first = 0;
    while (first < words.size() && isOption(words.get(first))) {
      first += optionsWithValue.contains(words.get(first)) ? 2 : 1;
    }
    return from(Math.min(first, words.size()));
  }

  Arguments from(int index) {
    return new Arguments(words.subList(index, words.size()), heredoc);
  }

  /** The words after the first, which is the sub-command. */
  Arguments afterFirst() {
    return from(Math.min(1, words.size()));
  }

  boolean hasWord(String word) {
    return words.contains(word);
  }

  /** Whether one of these options is given; a long one also as {@code --option=value}. */
  boolean has(String... options) {
    for (String option : options) {
      if (words.contains(option) || (option.startsWith("--") && hasPrefix(option + "="))) {
        return true;
      }
    }
    return false;
  }

  boolean hasPrefix(String prefix) {
    return words.stream().anyMatch(word -> word.startsWith(prefix));
  }

  /** Sizes only: words are what the user typed. */
  @Override
  public String toString() {
    return "Arguments[" + words.size() + " words]";
  }
}
