package io.governor.shell;

/**
 * Text in {@code $'…'}, whose escapes bash decodes (Bash Reference Manual, 3.1.2.4 ANSI-C Quoting).
 */
final class AnsiQuoting {
  private static final String NAMES = "abeEfnrtv";
  private static final String VALUES = "\u0007\b\u001b\u001b\f\n\r\t\u000b";

  private AnsiQuoting() {}

  /** Reads from behind the opening quote past the closing one. */
  static String read(Cursor in, ReadingBudget budget) {
    StringBuilder text = new StringBuilder();
    while (!in.atEnd() && in.peek() != '\'') {
      char c = in.next();
      if (c == '\\' && !in.atEnd()) {
        escape(in, text);
      } else {
        text.append(c);
      }
    }
    in.close(budget);
    return text.toString();
  }

  private static void escape(Cursor in, StringBuilder text) {
    char c = in.next();
    int named = NAMES.indexOf(c);
    if (named >= 0) {
      text.append(VALUES.charAt(named));
    } else if (c == 'x') {
      text.append((char) number(in, 16, 2, 0));
    } else if (c == 'u') {
      text.append((char) number(in, 16, 4, 0));
    } else if (c == 'U') {
      appendCodePoint(text, number(in, 16, 8, 0));
    } else if (c == 'c' && !in.atEnd()) {
      text.append((char) (in.next() & 0x1f));
    } else if (c >= '0' && c <= '7') {
      text.append((char) (number(in, 8, 2, c - '0') & 0xff));
    } else {
      text.append(c);
    }
  }

  private static void appendCodePoint(StringBuilder text, long codePoint) {
    text.appendCodePoint(Character.isValidCodePoint((int) codePoint) ? (int) codePoint : 0xfffd);
  }

  private static long number(Cursor in, int radix, int maxDigits, long first) {
    long number = first;
    for (int i = 0; i < maxDigits && Character.digit(in.peek(), radix) >= 0; i++) {
      number = number * radix + Character.digit(in.next(), radix);
    }
    return number;
  }
}
