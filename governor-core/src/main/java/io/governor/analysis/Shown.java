package io.governor.analysis;

import java.util.Collection;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Text from a trace as a terminal may see it: characters that would move the cursor, end the line
 * or turn the writing around are written as escapes.
 */
final class Shown {

  private Shown() {}

  static String text(String text) {
    StringBuilder shown = new StringBuilder(text.length());
    text.codePoints().forEach(c -> append(shown, c));
    return shown.toString();
  }

  /** The text, or the other when it is null or empty. */
  static String or(@Nullable String text, String other) {
    return text == null || text.isEmpty() ? other : text(text);
  }

  static String list(Collection<String> texts) {
    return texts.stream().map(Shown::text).collect(Collectors.joining(", "));
  }

  private static void append(StringBuilder shown, int c) {
    switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          shown.append(String.format("\\u%04x", c));
      default -> shown.appendCodePoint(c);
    }
  }
}
