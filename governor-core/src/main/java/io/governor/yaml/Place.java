package io.governor.yaml;

/**
 * A place in a text file.
 *
 * @param line counted from 1
 * @param column in characters, counted from 1
 */
public record Place(int line, int column) {

  /** Where every file begins. */
  public static final Place START = new Place(1, 1);

  public Place {
    if (line < 1 || column < 1) {
      throw new IllegalArgumentException("line and column count from 1");
    }
  }

  /** A line that tells what is wrong here: {@code source:line:column: path: message}. */
  public String told(String source, KeyPath path, String message) {
    return source + ":" + line + ":" + column + ": " + path + ": " + message;
  }

  /** The place behind a text that begins where files do. */
  static Place behind(CharSequence text) {
    int line = 1;
    int column = 1;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean returnOfPair = c == '\r' && i + 1 < text.length() && text.charAt(i + 1) == '\n';
      if (c == '\n' || (c == '\r' && !returnOfPair)) {
        line++;
        column = 1;
      } else if (!Character.isLowSurrogate(c)) {
        column++;
      }
    }
    return new Place(line, column);
  }
}
