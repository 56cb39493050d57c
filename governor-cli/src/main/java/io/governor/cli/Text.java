package io.governor.cli;

/**
 * Text on its way to a terminal. What was recorded may hold anything, also what a terminal would
 * obey, so control characters and invisible ones are shown as escapes. Stateless.
 */
final class Text {

  /** Stands where something was shortened. */
  static final String MARKER = "…";

  private Text() {}

  /** The text with nothing in it that a terminal would obey, on one line. */
  static String line(String text) {
    return shown(text, false);
  }

  /** The same for text of several lines. */
  static String lines(String text) {
    return shown(text, true);
  }

  private static String shown(String text, boolean lineEnds) {
    StringBuilder out = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            c -> {
              if (isHarmless(c) || (lineEnds && c == '\n')) {
                out.appendCodePoint(c);
              } else {
                escape(c, out);
              }
            });
    return out.toString();
  }

  private static boolean isHarmless(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }

  private static void escape(int c, StringBuilder out) {
    for (char unit : Character.toChars(c)) {
      out.append("\\u").append(String.format("%04x", (int) unit));
    }
  }

  /** How many columns a terminal gives the text. */
  static int width(String text) {
    return text.codePoints().map(Text::width).sum();
  }

  private static int width(int c) {
    int type = Character.getType(c);
    if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK) {
      return 0;
    }
    return isWide(c) ? 2 : 1;
  }

  /** East Asian wide characters and emoji, roughly: wrong by a column is no harm. */
  private static boolean isWide(int c) {
    return (c >= 0x1100 && c <= 0x115f)
        || (c >= 0x2e80 && c <= 0xa4cf)
        || (c >= 0xac00 && c <= 0xd7a3)
        || (c >= 0xf900 && c <= 0xfaff)
        || (c >= 0xfe30 && c <= 0xfe6f)
        || (c >= 0xff00 && c <= 0xff60)
        || (c >= 0xffe0 && c <= 0xffe6)
        || (c >= 0x1f300 && c <= 0x1faff)
        || (c >= 0x20000 && c <= 0x3fffd);
  }

  /** The text, or its beginning and the marker, in at most so many columns. */
  static String shortened(String text, int columns) {
    if (width(text) <= columns) {
      return text;
    }
    StringBuilder out = new StringBuilder();
    int left = columns - 1;
    for (int at = 0; at < text.length(); ) {
      int c = text.codePointAt(at);
      left -= width(c);
      if (left < 0) {
        break;
      }
      out.appendCodePoint(c);
      at += Character.charCount(c);
    }
    return out.append(MARKER).toString();
  }

  /** The text and as many spaces as fill the columns. */
  static String padded(String text, int columns) {
    return text + " ".repeat(Math.max(0, columns - width(text)));
  }

  /** A word as a shell takes it, in single quotes where it needs them. */
  static String quoted(String word) {
    boolean plain =
        !word.isEmpty()
            && word.chars()
                .allMatch(c -> Character.isLetterOrDigit(c) || "/._-+:@%,".indexOf(c) >= 0);
    return plain ? word : "'" + word.replace("'", "'\\''") + "'";
  }

  /** {@code 1 event}, {@code 2 events}. */
  static String count(long number, String thing) {
    return number + " " + (number == 1 ? thing : plural(thing));
  }

  private static String plural(String thing) {
    return thing.endsWith("s") ? thing + "es" : thing + "s";
  }
}
