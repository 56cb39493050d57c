package io.governor.detect;

import java.util.Arrays;

/**
 * The content of a JSON string, and where in the string each of its characters stands. An unknown
 * escape stands for itself. Immutable.
 */
final class JsonUnescaped {

  private static final String ESCAPES = "\"\\/bfnrt";
  private static final String MEANINGS = "\"\\/\b\f\n\r\t";
  private static final int UNICODE_ESCAPE = 6;

  private final String content;

  /** The place of each character and of the end, or empty where they are the same. */
  private final int[] places;

  private JsonUnescaped(String content, int[] places) {
    this.content = content;
    this.places = places;
  }

  static JsonUnescaped of(String raw) {
    if (raw.indexOf('\\') < 0) {
      return new JsonUnescaped(raw, new int[0]);
    }
    StringBuilder content = new StringBuilder(raw.length());
    int[] places = new int[raw.length() + 1];
    int at = 0;
    while (at < raw.length()) {
      places[content.length()] = at;
      at += appendOne(raw, at, content);
    }
    places[content.length()] = raw.length();
    return new JsonUnescaped(content.toString(), Arrays.copyOf(places, content.length() + 1));
  }

  String content() {
    return content;
  }

  /** Where the character of the content stands in the string as it is written. */
  int place(int index) {
    return places.length == 0 ? index : places[index];
  }

  /** The size, not the content. */
  @Override
  public String toString() {
    return content.length() + " characters";
  }

  private static int appendOne(String raw, int at, StringBuilder content) {
    char c = raw.charAt(at);
    char escape = c == '\\' ? Characters.at(raw, at + 1) : '\0';
    int known = escape == '\0' ? -1 : ESCAPES.indexOf(escape);
    if (known >= 0) {
      content.append(MEANINGS.charAt(known));
      return 2;
    }
    int unit = escape == 'u' ? hexadecimal(raw, at + 2) : -1;
    content.append(unit >= 0 ? (char) unit : c);
    return unit >= 0 ? UNICODE_ESCAPE : 1;
  }

  private static int hexadecimal(String raw, int from) {
    int unit = 0;
    for (int i = from; i < from + 4; i++) {
      int digit = Character.digit(Characters.at(raw, i), 16);
      if (digit < 0 || raw.charAt(i) > 'f') {
        return -1;
      }
      unit = unit * 16 + digit;
    }
    return unit;
  }
}
