package io.governor.detect;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What stands in place of a redacted span: {@code [REDACTED:detector]}, or {@code
 * [REDACTED:detector:2]} where a member name would otherwise occur twice. A marker that names a
 * known detector is never looked into, nor across; one that names no detector is plain text, so
 * that nothing hides behind a likeness.
 *
 * @param start where the marker begins
 * @param end the character after its bracket
 */
record Marker(int start, int end) {

  private static final String OPEN = "[REDACTED:";
  private static final int MAX_NUMBER_DIGITS = 7;

  static String text(String detector) {
    return OPEN + detector + "]";
  }

  static String text(String detector, int number) {
    return OPEN + detector + ":" + number + "]";
  }

  /** The first marker at or after a place. */
  static @Nullable Marker next(String text, int from, Set<String> names) {
    int start = text.indexOf(OPEN, from);
    while (start >= 0) {
      int end = end(text, start + OPEN.length(), names);
      if (end > 0) {
        return new Marker(start, end);
      }
      start = text.indexOf(OPEN, start + 1);
    }
    return null;
  }

  private static int end(String text, int nameStart, Set<String> names) {
    int nameEnd = nameStart;
    while (nameEnd < text.length()
        && nameEnd - nameStart <= Detectors.MAX_NAME_LENGTH
        && isNameCharacter(text.charAt(nameEnd))) {
      nameEnd++;
    }
    int close = afterNumber(text, nameEnd);
    boolean closed = close < text.length() && text.charAt(close) == ']';
    return closed && names.contains(text.substring(nameStart, nameEnd)) ? close + 1 : -1;
  }

  private static int afterNumber(String text, int at) {
    if (at >= text.length() || text.charAt(at) != ':') {
      return at;
    }
    int end = at + 1;
    while (end < text.length()
        && end - at <= MAX_NUMBER_DIGITS
        && Characters.isDigit(text.charAt(end))) {
      end++;
    }
    return end > at + 1 ? end : at;
  }

  static boolean isNameCharacter(char c) {
    return (c >= 'a' && c <= 'z') || Characters.isDigit(c) || c == '_';
  }
}
