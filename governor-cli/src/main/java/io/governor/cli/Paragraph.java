package io.governor.cli;

import java.util.ArrayList;
import java.util.List;

/** A name in the margin and text beside it, broken into lines that fit a terminal. Stateless. */
final class Paragraph {

  private static final int MARGIN = 10;

  private Paragraph() {}

  static List<String> of(String name, String text) {
    return of(name, text, MARGIN);
  }

  /** A paragraph whose text begins in the column after the margin. */
  static List<String> of(String name, String text, int margin) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder(Text.padded(name, margin));
    boolean empty = true;
    for (String word : Text.line(text).split(" ", -1)) {
      if (!empty && Text.width(line.toString()) + 1 + Text.width(word) > Table.WIDTH) {
        lines.add(line.toString());
        line = new StringBuilder(" ".repeat(margin));
        empty = true;
      }
      line.append(empty ? "" : " ").append(word);
      empty = false;
    }
    lines.add(line.toString().stripTrailing());
    return lines;
  }
}
