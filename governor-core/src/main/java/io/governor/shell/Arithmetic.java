package io.governor.shell;

/**
 * Tells an arithmetic {@code ((…))} from two opening parentheses, which bash decides by its end.
 */
final class Arithmetic {

  private Arithmetic() {}

  /** Where the two closing parentheses stand, or -1 when it does not end as an arithmetic does. */
  static int end(String text, int from) {
    int depth = 0;
    int at = from;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == ')' && depth == 0) {
        return text.startsWith("))", at) ? at : -1;
      }
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
      at = c == '\'' || c == '"' ? closingQuote(text, at) : at + (c == '\\' ? 2 : 1);
    }
    return -1;
  }

  private static int closingQuote(String text, int at) {
    int close = text.indexOf(text.charAt(at), at + 1);
    return close < 0 ? text.length() : close + 1;
  }
}
