package io.governor.mcp.pin;

/**
 * Characters that a person does not see and a model reads: format characters, among them those that
 * turn the direction of writing, tags that spell whole sentences, and selectors of variants beyond
 * the sixteen that emoji use (Unicode 15). A joiner between two pictures is part of the picture.
 */
final class Invisible {

  private static final int JOINER = 0x200d;
  private static final int FIRST_PICTURE = 0x2190;

  private Invisible() {}

  static boolean in(String text) {
    int before = 0;
    for (int at = 0; at < text.length(); ) {
      int c = text.codePointAt(at);
      if (is(c) && !(c == JOINER && before >= FIRST_PICTURE)) {
        return true;
      }
      before = c;
      at += Character.charCount(c);
    }
    return false;
  }

  static String without(String text) {
    return text.codePoints()
        .filter(c -> !is(c))
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static boolean is(int c) {
    return Character.getType(c) == Character.FORMAT
        || (c >= 0xe0000 && c <= 0xe0fff)
        || c == 0x034f
        || c == 0x115f
        || c == 0x1160
        || c == 0x3164
        || c == 0xffa0
        || (Character.getType(c) == Character.CONTROL && c != '\n' && c != '\r' && c != '\t');
  }
}
