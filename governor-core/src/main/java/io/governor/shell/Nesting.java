package io.governor.shell;

/**
 * Steps over a text one unit at a time and knows what is open at each point: quotes, backticks,
 * {@code ( )}, {@code $( )}, process substitutions and brace groups. What is open is kept on a
 * stack of its own, so depth costs memory, not call stack.
 *
 * <p>Quoting starts afresh inside {@code $( )}, also between double quotes, as it does in the
 * shell.
 */
final class Nesting {
  /** Marks an arithmetic {@code ((}, where {@code <<} shifts. */
  private static final char ARITHMETIC = 'a';

  private final String text;
  private final StringBuilder open = new StringBuilder();
  private int at;
  private boolean atWordStart = true;
  private boolean substitution;

  Nesting(String text, int at) {
    this.text = text;
    this.at = at;
  }

  int at() {
    return at;
  }

  boolean atEnd() {
    return at >= text.length();
  }

  /** Whether a substitution, which runs commands of its own, was opened on the way. */
  boolean sawSubstitution() {
    return substitution;
  }

  /** Whether words here are commands and arguments, not quoted text or arithmetic. */
  boolean inCommandText() {
    return innermost() == 0 || innermost() == '(' || innermost() == '{';
  }

  /** Steps over the construct that begins here, to its end or the end of the text. */
  void skipConstruct() {
    do {
      step();
    } while (!open.isEmpty() && !atEnd());
  }

  /** Jumps to a later place, where a word may begin. */
  void jump(int target) {
    at = target;
    atWordStart = true;
  }

  void step() {
    switch (innermost()) {
      case '\'' -> stepUntil('\'');
      case '"' -> stepInDoubleQuotes();
      case '`' -> stepInBackticks();
      default -> stepInCommand();
    }
  }

  private char innermost() {
    return open.isEmpty() ? 0 : open.charAt(open.length() - 1);
  }

  private void stepUntil(char close) {
    if (text.charAt(at) == close) {
      pop();
    }
    at++;
  }

  private void stepInDoubleQuotes() {
    switch (text.charAt(at)) {
      case '\\' -> skipEscaped();
      case '`' -> openSubstitution('`', 1);
      case '$' -> stepAtDollar();
      default -> stepUntil('"');
    }
  }

  /** Backticks end at the next one that no backslash protects; quotes inside do not hide it. */
  private void stepInBackticks() {
    if (text.charAt(at) == '\\') {
      skipEscaped();
    } else {
      stepUntil('`');
    }
  }

  private void stepInCommand() {
    char c = text.charAt(at);
    boolean wordStart = atWordStart;
    atWordStart = Syntax.endsWord(c);
    switch (c) {
      case '\\' -> {
        atWordStart = next() == '\n';
        skipEscaped();
      }
      case '\'', '"' -> push(c, 1);
      case '`' -> openSubstitution('`', 1);
      case '$' -> stepAtDollar();
      case '<', '>' -> stepAtAngle();
      case '(' -> push(innermost() == ARITHMETIC || next() == '(' ? ARITHMETIC : '(', 1);
      case ')' -> closeIf(innermost() == '(' || innermost() == ARITHMETIC);
      case '{' -> stepAtBrace(wordStart);
      case '}' -> closeIf(innermost() == '{' && wordStart);
      default -> at++;
    }
  }

  /**
   * An arithmetic {@code $((} counts as a substitution as well: it begins like one, and may hold
   * one.
   */
  private void stepAtDollar() {
    if (next() == '(') {
      openSubstitution(charAt(at + 2) == '(' ? ARITHMETIC : '(', 2);
    } else {
      at++;
    }
  }

  private void stepAtAngle() {
    if (next() == '(' && innermost() != ARITHMETIC) {
      openSubstitution('(', 2);
    } else {
      at++;
    }
  }

  /**
   * A brace groups when it is a word of its own; {@code {a,b}} is text. Between parentheses braces
   * are not followed, for the closing parenthesis ends the construct whatever stands before it.
   */
  private void stepAtBrace(boolean wordStart) {
    boolean followed = innermost() == 0 || innermost() == '{';
    if (followed && wordStart && Syntax.isBraceGroup(text, at)) {
      push('{', 1);
      atWordStart = true;
    } else {
      at++;
    }
  }

  private void openSubstitution(char kind, int length) {
    substitution = true;
    push(kind, length);
  }

  private void push(char kind, int length) {
    open.append(kind);
    at += length;
    // An open parenthesis begins a command, a quote continues a word.
    atWordStart = kind == '(';
  }

  private void closeIf(boolean closes) {
    if (closes) {
      pop();
    }
    at++;
  }

  private void pop() {
    open.setLength(open.length() - 1);
  }

  private void skipEscaped() {
    at = Math.min(at + 2, text.length());
  }

  private char next() {
    return charAt(at + 1);
  }

  private char charAt(int index) {
    return index < text.length() ? text.charAt(index) : 0;
  }
}
