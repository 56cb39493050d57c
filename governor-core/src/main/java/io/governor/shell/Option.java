package io.governor.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One option as the tools that take apart clusters of letters see it: {@code -sSLo page} is {@code
 * -s}, {@code -S}, {@code -L} and {@code -o} with the value {@code page}. A name stands as a value
 * without an option.
 *
 * @param name the option, {@code -o} or {@code --output}; empty for a name
 * @param value its value, or null where it has none
 */
record Option(String name, @Nullable String value) {
  /** The options that take a value: the letters of the short ones, the long ones in full. */
  record Valued(String letters, Set<String> longOptions) {}

  static List<Option> read(Arguments arguments, Valued valued) {
    List<Option> options = new ArrayList<>();
    List<String> words = arguments.words();
    for (int i = 0; i < words.size(); i++) {
      @Nullable String next = i + 1 < words.size() ? words.get(i + 1) : null;
      if (readWord(words.get(i), next, valued, options)) {
        i++;
      }
    }
    return options;
  }

  /** Reads one word; true when the word after it was its value. */
  private static boolean readWord(
      String word, @Nullable String next, Valued valued, List<Option> options) {
    if (!Arguments.isOption(word)) {
      options.add(new Option("", word));
      return false;
    }
    return word.startsWith("--")
        ? readLong(word, next, valued, options)
        : readCluster(word, next, valued, options);
  }

  private static boolean readLong(
      String word, @Nullable String next, Valued valued, List<Option> options) {
    int equals = word.indexOf('=');
    if (equals >= 0) {
      options.add(new Option(word.substring(0, equals), word.substring(equals + 1)));
      return false;
    }
    boolean takesNext = valued.longOptions().contains(word);
    options.add(new Option(word, takesNext ? next : null));
    return takesNext;
  }

  private static boolean readCluster(
      String word, @Nullable String next, Valued valued, List<Option> options) {
    for (int i = 1; i < word.length(); i++) {
      String letter = "-" + word.charAt(i);
      if (valued.letters().indexOf(word.charAt(i)) >= 0) {
        boolean attached = i + 1 < word.length();
        options.add(new Option(letter, attached ? word.substring(i + 1) : next));
        return !attached;
      }
      options.add(new Option(letter, null));
    }
    return false;
  }

  boolean is(String... names) {
    return List.of(names).contains(name);
  }

  /** Sizes only: a value is what the user typed. */
  @Override
  public String toString() {
    return "Option[" + (value == null ? "no value" : value.length() + " characters") + "]";
  }
}
