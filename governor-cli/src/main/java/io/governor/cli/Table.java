package io.governor.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A table that fits a terminal. Where it would be wider, the columns that may shrink do, widest
 * first, and a marker stands where something is missing. Not safe for use by several threads.
 */
final class Table {

  /** How many columns a terminal has that does not say so. */
  static final int WIDTH = 80;

  static final String GAP = "  ";
  private static final int NARROWEST = 8;

  private final List<Column> columns;
  private final List<List<String>> rows = new ArrayList<>();

  private Table(List<Column> columns) {
    this.columns = columns;
  }

  private record Column(String title, boolean right, boolean shrinks) {}

  /**
   * A table with these titles: {@code >TITLE} is aligned to the right, {@code ~TITLE} may shrink.
   */
  static Table of(String... titles) {
    return new Table(Arrays.stream(titles).map(Table::column).toList());
  }

  private static Column column(String title) {
    return switch (title.charAt(0)) {
      case '>' -> new Column(title.substring(1), true, false);
      case '~' -> new Column(title.substring(1), false, true);
      default -> new Column(title, false, false);
    };
  }

  /** Adds a row: one cell per column. */
  Table row(Object... cells) {
    rows.add(Arrays.stream(cells).map(cell -> Text.line(String.valueOf(cell))).toList());
    return this;
  }

  boolean isEmpty() {
    return rows.isEmpty();
  }

  /** The titles on the first line, then a line per row, in at most so many columns. */
  List<String> lines(int room) {
    int[] widths = widths(room);
    List<String> lines = new ArrayList<>();
    lines.add(line(columns.stream().map(Column::title).toList(), widths));
    rows.forEach(row -> lines.add(line(row, widths)));
    return lines;
  }

  private int[] widths(int width) {
    int[] widths = new int[columns.size()];
    for (int i = 0; i < widths.length; i++) {
      widths[i] = Text.width(columns.get(i).title());
      for (List<String> row : rows) {
        widths[i] = Math.max(widths[i], Text.width(row.get(i)));
      }
    }
    int room = width - GAP.length() * (widths.length - 1);
    for (int excess = Arrays.stream(widths).sum() - room; excess > 0; excess--) {
      int widest = widestThatShrinks(widths);
      if (widest < 0) {
        break;
      }
      widths[widest]--;
    }
    return widths;
  }

  private int widestThatShrinks(int[] widths) {
    int widest = -1;
    for (int i = 0; i < widths.length; i++) {
      if (columns.get(i).shrinks()
          && widths[i] > NARROWEST
          && (widest < 0 || widths[i] > widths[widest])) {
        widest = i;
      }
    }
    return widest;
  }

  private String line(List<String> cells, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      String cell = Text.shortened(cells.get(i), widths[i]);
      line.append(i == 0 ? "" : GAP);
      line.append(
          columns.get(i).right()
              ? " ".repeat(widths[i] - Text.width(cell)) + cell
              : Text.padded(cell, widths[i]));
    }
    return line.toString().stripTrailing();
  }
}
