package io.governor;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes the text a shell would read of what tools are given as their command. */
final class ShellWords {

  private ShellWords() {}

  /** Of what is neither text nor words: a quote that is never closed, so not read to its end. */
  private static final String UNREADABLE = "'";

  static String text(@Nullable Object command) {
    if (command instanceof List<?> words) {
      return quoted(words);
    }
    return command instanceof String text ? text : UNREADABLE;
  }

  private static String quoted(List<?> words) {
    StringBuilder text = new StringBuilder();
    for (Object word : words) {
      text.append(text.isEmpty() ? "" : " ");
      text.append('\'').append(String.valueOf(word).replace("'", "'\\''")).append('\'');
    }
    return text.toString();
  }
}
