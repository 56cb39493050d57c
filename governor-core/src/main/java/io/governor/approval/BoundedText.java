package io.governor.approval;

/**
 * Takes text for a person's eyes and makes visible what a terminal would obey or not show: control
 * and format characters (those that turn the direction of text included), blanks other than the
 * space, characters without a glyph, and marks piled on one another. Beyond its bound it only
 * counts. Not safe for use by several threads.
 */
final class BoundedText {

  private static final int MOST_MARKS = 2;

  private final StringBuilder out = new StringBuilder();
  private final int bound;
  private int marks;
  private long leftOut;

  /**
   * @param bound how many UTF-16 characters are kept
   */
  BoundedText(int bound) {
    this.bound = bound;
  }

  /** The text, or its beginning and a word on how much is missing. */
  static String shown(String text, int bound) {
    BoundedText shown = new BoundedText(bound).visible(text, false);
    return shown.leftOut() == 0
        ? shown.text()
        : shown.text() + "... (" + shown.leftOut() + " more characters)";
  }

  /** Takes text of our own as it is. */
  BoundedText plain(String text) {
    text.codePoints().forEach(this::append);
    return this;
  }

  /**
   * Takes text of somebody else's.
   *
   * @param quoted whether quotes and backslashes are escaped, as within a JSON string
   */
  BoundedText visible(String text, boolean quoted) {
    text.codePoints().forEach(c -> visible(c, quoted));
    return this;
  }

  private void visible(int c, boolean quoted) {
    marks = Character.getType(c) == Character.NON_SPACING_MARK ? marks + 1 : 0;
    if (quoted && (c == '"' || c == '\\')) {
      plain("\\");
      append(c);
    } else if (c == '\n') {
      plain("\\n");
    } else if (c == '\t') {
      plain("\\t");
    } else if (marks <= MOST_MARKS && hasGlyph(c)) {
      append(c);
    } else {
      escape(c);
    }
  }

  private void escape(int c) {
    for (char unit : Character.toChars(c)) {
      plain("\\u");
      for (int shift = 12; shift >= 0; shift -= 4) {
        append(Character.forDigit(unit >> shift & 0xf, 16));
      }
    }
  }

  private void append(int c) {
    int length = Character.charCount(c);
    if (leftOut == 0 && out.length() + length <= bound) {
      out.appendCodePoint(c);
    } else {
      leftOut += length;
    }
  }

  private static boolean hasGlyph(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.ENCLOSING_MARK ->
          false;
      case Character.SPACE_SEPARATOR -> c == ' ';
      default -> !isBlank(c);
    };
  }

  /**
   * Letters, symbols and marks that show nothing (Unicode, DerivedCoreProperties,
   * Default_Ignorable_Code_Point), and the blank Braille pattern.
   */
  private static boolean isBlank(int c) {
    return c == 0x034f
        || c == 0x115f
        || c == 0x1160
        || c == 0x17b4
        || c == 0x17b5
        || (c >= 0x180b && c <= 0x180f)
        || c == 0x2800
        || c == 0x3164
        || (c >= 0xfe00 && c <= 0xfe0f)
        || c == 0xffa0
        || (c >= 0xe0100 && c <= 0xe01ef);
  }

  String text() {
    return out.toString();
  }

  /** How many UTF-16 characters did not fit. */
  long leftOut() {
    return leftOut;
  }

  /** Sizes only. */
  @Override
  public String toString() {
    return "BoundedText[" + out.length() + " characters, " + leftOut + " left out]";
  }
}
