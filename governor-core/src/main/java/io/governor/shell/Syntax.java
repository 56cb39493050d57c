package io.governor.shell;

/**
 * What single characters and pairs of them mean to a shell: blanks, separators, braces,
 * substitutions.
 */
final class Syntax {
  private Syntax() {}

  static boolean isBlank(char c) {
    return c == ' ' || c == '\t';
  }

  /** Whether a command ends here, unless the character is part of a redirection. */
  static boolean isSeparator(char c) {
    return c == ';' || c == '\n' || c == '|' || c == '&';
  }

  /** Whether a word that follows this character begins there. */
  static boolean endsWord(char c) {
    return isBlank(c) || isSeparator(c) || c == '(' || c == ')';
  }

  /** Whether the brace at this place stands alone, as the brace of a group does. */
  static boolean isBraceGroup(String text, int at) {
    return at + 1 >= text.length() || isBlank(text.charAt(at + 1)) || text.charAt(at + 1) == '\n';
  }

  /** Whether {@code <(} or {@code >(} stands here. */
  static boolean isProcessSubstitution(String text, int at) {
    return text.startsWith("<(", at) || text.startsWith(">(", at);
  }

  /** Whether a backslash before a line's end stands here, which is as good as a blank. */
  static boolean isContinuedLine(String text, int at) {
    return text.startsWith("\\\n", at);
  }

  static boolean areDigits(CharSequence text) {
    return text.length() > 0 && text.chars().allMatch(c -> c >= '0' && c <= '9');
  }
}
