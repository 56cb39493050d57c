package io.governor.shell;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What {@code echo} and {@code printf} hand to the next command of a pipe. */
final class Echo {
  private static final int MAX_CHARACTERS = 4096;

  private Echo() {}

  /** The text, or null for another program or more than is worth keeping. */
  static @Nullable String output(List<String> words) {
    String program = KnownCommands.baseName(words.get(0));
    boolean echo = program.equals("echo");
    if ((!echo && !program.equals("printf")) || words.size() > MAX_CHARACTERS) {
      return null;
    }
    int first = 1;
    while (echo && first < words.size() && isEchoOption(words.get(first))) {
      first++;
    }
    String text = String.join(" ", words.subList(first, words.size()));
    return text.length() > MAX_CHARACTERS ? null : text.replace("\\n", "\n");
  }

  private static boolean isEchoOption(String word) {
    return word.length() > 1
        && word.charAt(0) == '-'
        && word.chars().skip(1).allMatch(c -> c == 'n' || c == 'e' || c == 'E');
  }
}
