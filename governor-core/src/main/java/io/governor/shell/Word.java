package io.governor.shell;

import org.jspecify.annotations.Nullable;

/**
 * One word of a command, quotes and escapes taken off; what stands in parentheses or backticks
 * stays as typed.
 *
 * @param text the word
 * @param bare how many of its first characters were neither quoted nor escaped nor part of a
 *     construct
 * @param construct whether it holds a substitution, which runs commands of its own
 * @param group the character that makes it a group, {@code (} or <code>{</code>, or null for a
 *     plain word
 */
record Word(String text, int bare, boolean construct, @Nullable Character group) {

  boolean isOption() {
    return Arguments.isOption(text);
  }

  /**
   * The {@code NAME=} of an assignment, or null when this word is none. As in the shell, quoted it
   * is none.
   */
  @Nullable String assignmentName() {
    int equals = text.indexOf('=');
    boolean assigns = equals > 0 && equals < bare && isName(equals);
    return assigns ? text.substring(0, equals + 1) : null;
  }

  boolean isAssignment() {
    return assignmentName() != null;
  }

  /**
   * Whether the word is a descriptor when a redirection follows it without a blank, as in {@code
   * 2>file}.
   */
  boolean isDescriptor() {
    return bare == text.length() && Syntax.areDigits(text);
  }

  private boolean isName(int length) {
    return !isDigit(text.charAt(0)) && text.chars().limit(length).allMatch(Word::isNameCharacter);
  }

  private static boolean isNameCharacter(int c) {
    return c == '_' || isDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  /** Sizes only: a word is what the user typed. */
  @Override
  public String toString() {
    return "Word[" + text.length() + " characters]";
  }
}
