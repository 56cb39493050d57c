package io.governor.shell;

/** A place in a text that moves forward only. Used by one thread. */
final class Cursor {
  private final String text;
  private int at;

  Cursor(String text) {
    this.text = text;
  }

  String text() {
    return text;
  }

  int at() {
    return at;
  }

  boolean atEnd() {
    return at >= text.length();
  }

  /** The character here, or zero at the end. */
  char peek() {
    return peek(0);
  }

  char peek(int ahead) {
    return at + ahead < text.length() ? text.charAt(at + ahead) : 0;
  }

  boolean looksAt(String expected) {
    return text.startsWith(expected, at);
  }

  char next() {
    return text.charAt(at++);
  }

  void skip(int characters) {
    at = Math.min(at + characters, text.length());
  }

  void jump(int target) {
    at = Math.max(at, Math.min(target, text.length()));
  }

  void toEnd() {
    at = text.length();
  }

  String since(int start) {
    return text.substring(start, at);
  }

  /** Steps over the closing character that stands here; at the end it is missing. */
  void close(ReadingBudget budget) {
    if (atEnd()) {
      budget.incomplete();
    }
    skip(1);
  }

  /** The text up to a closing character, which is stepped over; all the rest when it is missing. */
  String through(char close, ReadingBudget budget) {
    int start = at;
    int end = text.indexOf(close, at);
    if (end < 0) {
      toEnd();
      budget.incomplete();
      return since(start);
    }
    at = end + 1;
    return text.substring(start, end);
  }
}
