package io.governor.shell;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.params.provider.Arguments;

/** Rows of {@code left => right}, where {@code ⏎} is a line's end and {@code ⇥} a tab. */
final class ShellRows {
  private static final String ARROW = " => ";

  private ShellRows() {}

  static List<Arguments> of(String resource) {
    try (InputStream rows = ShellRows.class.getResourceAsStream(resource)) {
      return new String(rows.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(row -> !row.isBlank() && !row.startsWith("## "))
          .map(ShellRows::row)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Arguments row(String row) {
    int arrow = row.indexOf(ARROW);
    String right = arrow < 0 ? "" : row.substring(arrow + ARROW.length());
    return Arguments.of(row.substring(0, arrow), right.replace('⏎', '\n').replace('⇥', '\t'));
  }
}
