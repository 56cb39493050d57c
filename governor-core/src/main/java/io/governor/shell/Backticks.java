package io.governor.shell;

/** The commands between backticks, which end at the next one that no backslash protects. */
final class Backticks {

  private Backticks() {}

  /** Reads from behind the opening backtick past the closing one, backslashes taken off. */
  static String read(Cursor in, ReadingBudget budget) {
    StringBuilder commands = new StringBuilder();
    while (!in.atEnd() && in.peek() != '`') {
      char c = in.next();
      boolean escapes = c == '\\' && in.peek() != 0 && "$`\\".indexOf(in.peek()) >= 0;
      commands.append(escapes ? in.next() : c);
    }
    in.close(budget);
    return commands.toString();
  }
}
