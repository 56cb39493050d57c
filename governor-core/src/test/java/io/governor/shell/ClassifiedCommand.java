package io.governor.shell;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * One row of {@code classified-commands.txt}: a command and the classification it must have, in one
 * line.
 */
record ClassifiedCommand(String command, String expected) {
  private static final String ARROW = " => ";

  static List<ClassifiedCommand> all() {
    try (BufferedReader rows =
        new BufferedReader(
            new InputStreamReader(
                ClassifiedCommand.class.getResourceAsStream("classified-commands.txt"),
                StandardCharsets.UTF_8))) {
      return rows.lines()
          .filter(row -> !row.isBlank() && !row.startsWith("## "))
          .map(ClassifiedCommand::parse)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ClassifiedCommand parse(String row) {
    int arrow = row.indexOf(ARROW);
    String command = row.substring(0, arrow).replace('⏎', '\n').replace('⇥', '\t');
    return new ClassifiedCommand(command, row.substring(arrow + ARROW.length()));
  }

  /**
   * Whether text may follow the row and mean what it means alone: nothing is open, and no operator
   * is half written.
   */
  boolean canBeContinued() {
    boolean nothingOpen =
        "\n'\"`(){}\\".chars().noneMatch(c -> command.indexOf(c) >= 0) && !command.contains("<<");
    return nothingOpen && "<>&|;".indexOf(command.charAt(command.length() - 1)) < 0;
  }

  String expectedSegments() {
    return expected.substring(0, expected.lastIndexOf(" | "));
  }
}
