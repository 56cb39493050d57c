package io.governor.cli;

import io.governor.RuleId;
import io.governor.sync.GroupedCounts;
import io.governor.sync.RuleCounts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Counts by group: a row for each group, a column for each rule. Rules for which there is no room
 * beside the others stand in a further table below, with the same rows. Not safe for use by several
 * threads.
 */
final class GroupTables {

  /** Names may be shortened, but not to where they could not be told apart. */
  private static final int LEAST_FOR_NAMES = 24;

  private final String title;
  private final List<RuleId> rules;
  private final Map<String, RuleCounts> rows = new LinkedHashMap<>();

  /**
   * @param title what groups are made of
   */
  GroupTables(String title, GroupedCounts counts) {
    this.title = title;
    this.rules = List.copyOf(counts.report().counts().byRule().keySet());
    counts.groups().forEach((group, each) -> rows.put(group.isEmpty() ? "-" : group, each));
    if (counts.beyond().byRule().values().stream().anyMatch(count -> count > 0)) {
      rows.put("(others)", counts.beyond());
    }
  }

  /** The tables, each of at most so many columns. */
  List<Table> within(int width) {
    List<Table> tables = new ArrayList<>();
    int room = width - Math.min(LEAST_FOR_NAMES, widest(rows.keySet().stream(), title));
    int from = 0;
    int left = room;
    for (int i = 0; i < rules.size(); i++) {
      int needed = Table.GAP.length() + width(rules.get(i));
      if (needed > left && i > from) {
        tables.add(table(rules.subList(from, i)));
        from = i;
        left = room;
      }
      left -= needed;
    }
    tables.add(table(rules.subList(from, rules.size())));
    return tables;
  }

  private int width(RuleId rule) {
    return widest(rows.values().stream().map(each -> each.of(rule)), rule);
  }

  private static int widest(Stream<?> cells, Object title) {
    return Stream.concat(cells, Stream.of(title))
        .mapToInt(cell -> Text.width(Text.line(String.valueOf(cell))))
        .max()
        .orElse(0);
  }

  private Table table(List<RuleId> columns) {
    List<String> titles = new ArrayList<>(List.of("~" + title));
    columns.forEach(rule -> titles.add(">" + rule));
    Table table = Table.of(titles.toArray(String[]::new));
    rows.forEach(
        (name, counts) -> {
          List<Object> cells = new ArrayList<>(List.of(name));
          columns.forEach(rule -> cells.add(counts.of(rule)));
          table.row(cells.toArray());
        });
    return table;
  }
}
