package io.governor.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.StringTokenizer;

/**
 * A command as a policy names it: a program and the first words of its sub-command, as in {@code
 * rm}, {@code git push} or {@code mkfs*}. Options do not count, wherever they stand. Immutable;
 * threads may share it.
 *
 * @param program the base name of the program, with {@code *} for any characters and {@code ?} for
 *     one
 * @param words the words that must be the first ones that are no options
 */
public record CommandPattern(String program, List<String> words) {

  /**
   * @throws IllegalArgumentException if the program is blank or holds a slash, a blank or an
   *     option's dash, if a word does, or if there are more words than a sub-command has
   */
  public CommandPattern {
    words = List.copyOf(words);
    boolean usable = isWord(program) && program.indexOf('/') < 0;
    if (!usable || words.size() > 8 || !words.stream().allMatch(CommandPattern::isWord)) {
      throw new IllegalArgumentException(
          "a command must be the base name of a program and at most 8 words of its sub-command, "
              + "without options: for example \"git push\"");
    }
  }

  /**
   * The pattern a text names, words parted by blanks.
   *
   * @throws IllegalArgumentException if the text is blank or names an option or a path
   */
  public static CommandPattern of(String text) {
    List<String> all = new ArrayList<>();
    StringTokenizer tokens = new StringTokenizer(text);
    while (tokens.hasMoreTokens()) {
      all.add(tokens.nextToken());
    }
    return all.isEmpty()
        ? new CommandPattern("", List.of())
        : new CommandPattern(all.get(0), all.subList(1, all.size()));
  }

  private static boolean isWord(String word) {
    return !word.isEmpty()
        && word.charAt(0) != '-'
        && word.chars().noneMatch(Character::isWhitespace);
  }

  boolean matches(Findings.Run run) {
    return matchesProgram(run.program()) && LeadingWords.are(words, run.leading());
  }

  /** The glob, matched with one place to go back to: time is at most the product of the lengths. */
  private boolean matchesProgram(String name) {
    int at = 0;
    int in = 0;
    int star = -1;
    int from = 0;
    while (in < name.length()) {
      char c = at < program.length() ? program.charAt(at) : 0;
      if (c == '*') {
        star = at++;
        from = in;
      } else if (c != 0 && (c == '?' || c == name.charAt(in))) {
        at++;
        in++;
      } else if (star >= 0) {
        at = star + 1;
        in = ++from;
      } else {
        return false;
      }
    }
    while (at < program.length() && program.charAt(at) == '*') {
      at++;
    }
    return at == program.length();
  }
}
