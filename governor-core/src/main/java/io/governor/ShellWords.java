package io.governor;

import java.util.List;

/** Writes a command given as a list of words as the text a shell reads back as those words. */
final class ShellWords {

  private ShellWords() {}

  static String quoted(List<?> words) {
    StringBuilder text = new StringBuilder();
    for (Object word : words) {
      text.append(text.isEmpty() ? "" : " ");
      text.append('\'').append(String.valueOf(word).replace("'", "'\\''")).append('\'');
    }
    return text.toString();
  }
}
