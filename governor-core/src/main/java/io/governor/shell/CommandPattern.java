package io.governor.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.StringTokenizer;

/**
 * A command as a policy names it: a program, the first words of its sub-command, and options, as in
 * {@code rm}, {@code git push}, {@code git push --force} or {@code mkfs*}. Options may stand
 * anywhere, in the pattern and in the command. Immutable; threads may share it.
 *
 * <p>An option is given as {@code --name}, also with a value behind {@code =}; as a letter behind
 * one dash, also among others; or as several letters behind one dash, together or apart, so that
 * {@code -rf} names {@code -fr} and {@code -r -f}, too.
 *
 * @param program the base name of the program, with {@code *} for any characters and {@code ?} for
 *     one
 * @param words the words that must be the first ones that are no options
 * @param options the options that must all be given, with their dashes
 */
public record CommandPattern(String program, List<String> words, List<String> options) {
  private static final int MAX_WORDS = 8;
  private static final List<String> WINDOWS = List.of(".exe", ".cmd", ".bat", ".com", ".ps1");

  /**
   * @throws IllegalArgumentException if the program is blank or holds a slash, a blank or an
   *     option's dash, if a word does, if an option is none or has a value, or if there are more
   *     than 8 words and options
   */
  public CommandPattern {
    words = List.copyOf(words);
    options = List.copyOf(options);
    boolean usable = isWord(program) && program.indexOf('/') < 0;
    if (!usable
        || words.size() + options.size() > MAX_WORDS
        || !words.stream().allMatch(CommandPattern::isWord)
        || !options.stream().allMatch(CommandPattern::isOption)) {
      throw new IllegalArgumentException(
          "a command must be the base name of a program and at most 8 words of its sub-command and"
              + " options without values: for example \"git push --force\"");
    }
  }

  /**
   * The pattern a text names, words and options parted by blanks.
   *
   * @throws IllegalArgumentException if the text is blank or begins with an option or a path
   */
  public static CommandPattern of(String text) {
    List<String> words = new ArrayList<>();
    List<String> options = new ArrayList<>();
    String program = "";
    StringTokenizer tokens = new StringTokenizer(text);
    while (tokens.hasMoreTokens()) {
      String token = tokens.nextToken();
      if (program.isEmpty()) {
        program = token;
      } else {
        (token.startsWith("-") ? options : words).add(token);
      }
    }
    return new CommandPattern(program, words, options);
  }

  private static boolean isWord(String word) {
    return !word.isEmpty()
        && word.charAt(0) != '-'
        && word.chars().noneMatch(Character::isWhitespace);
  }

  private static boolean isOption(String option) {
    int name = option.startsWith("--") ? 2 : 1;
    return option.length() > name
        && option.charAt(0) == '-'
        && option.charAt(name) != '-'
        && option.chars().noneMatch(c -> c == '=' || Character.isWhitespace(c));
  }

  /**
   * @param inDoubt what is said where only a running shell or the program itself knows
   */
  boolean matches(Findings.Run run, boolean inDoubt) {
    return (matchesProgram(run.program(), inDoubt) || (inDoubt && mayBeProgram(run.program())))
        && LeadingWords.are(words, run.arguments(), inDoubt && isNamed(run.program()))
        && options.stream().allMatch(each -> GivenOption.among(run.arguments(), each, inDoubt));
  }

  /** Of a program and its words one at least must be known, or every command would be meant. */
  private boolean isNamed(String name) {
    return Unknown.isKnown(name) && PathName.saysSomething(program);
  }

  /** A program nobody knows is taken for this one when its words are those of this one. */
  private boolean mayBeProgram(String name) {
    return !words.isEmpty() && !Unknown.isKnown(name);
  }

  private boolean matchesProgram(String name, boolean inDoubt) {
    String lower = name.toLowerCase(Locale.ROOT);
    for (String ending : WINDOWS) {
      if (lower.endsWith(ending)
          && matchesName(lower.substring(0, lower.length() - ending.length()))) {
        return true;
      }
    }
    return matchesName(name) || (inDoubt && matchesName(lower));
  }

  /** The glob, matched with one place to go back to: time is at most the product of the lengths. */
  private boolean matchesName(String name) {
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
