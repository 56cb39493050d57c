package io.governor.cli;

import io.governor.sync.GroupedCounts;
import io.governor.sync.RuleCounts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Counts as people and programs read them; by group, see {@link GroupTables}. Stateless. */
final class Counts {

  private Counts() {}

  /** A row for each rule, and what it says. */
  static Table table(RuleCounts counts) {
    Table table = Table.of("RULE", ">COUNT", "~WHAT IT SAYS");
    Explanations explanations = Explanations.load();
    counts
        .byRule()
        .forEach(
            (rule, count) ->
                table.row(
                    rule,
                    count,
                    explanations.find(rule.value()).map(Explanation::title).orElse("")));
    return table;
  }

  static List<Map<String, Object>> json(GroupedCounts counts) {
    List<Map<String, Object>> groups = new ArrayList<>();
    counts
        .groups()
        .forEach(
            (group, each) -> {
              Map<String, Object> json = new LinkedHashMap<>();
              json.put("group", group);
              json.put("counts_by_rule", json(each));
              groups.add(json);
            });
    return groups;
  }

  static Map<String, Long> json(RuleCounts counts) {
    Map<String, Long> json = new LinkedHashMap<>();
    counts.byRule().forEach((rule, count) -> json.put(rule.value(), count));
    return json;
  }
}
