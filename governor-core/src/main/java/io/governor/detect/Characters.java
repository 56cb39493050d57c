package io.governor.detect;

/** Classes of ASCII characters, and what may stand beside a token. */
final class Characters {

  private Characters() {}

  static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  static boolean isUpper(char c) {
    return c >= 'A' && c <= 'Z';
  }

  static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || isUpper(c);
  }

  static boolean isAlphanumeric(char c) {
    return isLetter(c) || isDigit(c);
  }

  static boolean isWord(char c) {
    return isAlphanumeric(c) || c == '_';
  }

  static boolean isBase64Url(char c) {
    return isWord(c) || c == '-';
  }

  static boolean isSpace(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
  }

  /** The character at a place, or NUL beyond the text, which belongs to no class. */
  static char at(String text, int index) {
    return index >= 0 && index < text.length() ? text.charAt(index) : '\0';
  }

  /**
   * Whether a token may begin at a place: no word goes on before it. The letter of an escape such
   * as {@code \n}, written out in source code, is no word.
   */
  static boolean startsWord(String text, int index) {
    char before = at(text, index - 1);
    if (!isWord(before)) {
      return true;
    }
    return at(text, index - 2) == '\\' && (before == 'n' || before == 't' || before == 'r');
  }
}
