package io.governor.shell;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A shell's own words: options that begin with {@code -} or {@code +} and what follows them
 * (POSIX.1-2017, sh; Bash Reference Manual, 6.1). Immutable.
 *
 * @param arguments the words behind the shell's name
 * @param end where the operands begin
 */
record ShellOptions(List<String> arguments, int end) {
  private static final Set<String> WITH_VALUE = Set.of("--rcfile", "--init-file");

  static ShellOptions of(List<String> arguments) {
    int at = 0;
    while (at < arguments.size() && isOption(arguments.get(at))) {
      String word = arguments.get(at);
      at += 1 + values(word);
      if (word.equals("--") || word.equals("-")) {
        break;
      }
    }
    return new ShellOptions(arguments, Math.min(at, arguments.size()));
  }

  private static boolean isOption(String word) {
    return word.startsWith("-") || (word.startsWith("+") && word.length() > 1);
  }

  private static int values(String word) {
    if (word.startsWith("--")) {
      return WITH_VALUE.contains(word) ? 1 : 0;
    }
    return (int) word.chars().filter(c -> c == 'o' || c == 'O').count();
  }

  /** What stands behind the options. */
  List<String> operands() {
    return arguments.subList(end, arguments.size());
  }

  /** The operand that {@code -c} makes a script; null without {@code -c} or operand. */
  @Nullable String script() {
    for (String word : arguments.subList(0, end)) {
      if (word.startsWith("--command=")) {
        return word.substring(word.indexOf('=') + 1);
      }
    }
    boolean given = has('c') || arguments.subList(0, end).contains("--command");
    return given && end < arguments.size() ? arguments.get(end) : null;
  }

  /** Whether the shell runs what it is fed. */
  boolean readsInput() {
    return end == arguments.size() || has('s') || isInput(arguments.get(end));
  }

  private boolean has(char letter) {
    return arguments.subList(0, end).stream()
        .anyMatch(word -> !word.startsWith("--") && word.indexOf(letter) > 0);
  }

  /** Whether a file's name stands for what a program is fed. */
  static boolean isInput(String file) {
    return Set.of("-", "/dev/stdin", "/dev/fd/0", "/proc/self/fd/0").contains(file);
  }

  /** Sizes only: words are what the user typed. */
  @Override
  public String toString() {
    return "ShellOptions[" + arguments.size() + " words]";
  }
}
