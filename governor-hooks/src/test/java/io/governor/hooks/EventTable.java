package io.governor.hooks;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** The table of what each payload leaves behind, {@code events.csv}. */
final class EventTable {

  record Row(String event, String tool, String events) {

    boolean isAbout(String eventName, String toolName) {
      return event.equals(eventName)
          && (tool.equals("*")
              || tool.equals(toolName)
              || (tool.endsWith("*") && toolName.startsWith(tool.substring(0, tool.length() - 1))));
    }

    @Override
    public String toString() {
      return event + " " + tool;
    }
  }

  private EventTable() {}

  static List<Row> rows() {
    try (InputStream in = EventTable.class.getResourceAsStream("events.csv")) {
      String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      return text.lines().filter(line -> !line.startsWith("#")).map(EventTable::row).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Row row(String line) {
    String[] cells = line.split("\\|", 3);
    return new Row(cells[0].strip(), cells[1].strip(), cells[2].strip());
  }

  /** The first row about a payload; a payload nobody thought of is a hole in the table. */
  static Row find(String eventName, String toolName) {
    return rows().stream()
        .filter(row -> row.isAbout(eventName, toolName))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no row for " + eventName + " " + toolName));
  }
}
