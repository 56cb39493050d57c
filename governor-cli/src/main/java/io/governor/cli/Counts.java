package io.governor.cli;

import io.governor.sync.RuleCounts;
import java.util.LinkedHashMap;
import java.util.Map;

/** Counts as people and programs read them. Stateless. */
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

  static Map<String, Long> json(RuleCounts counts) {
    Map<String, Long> json = new LinkedHashMap<>();
    counts.byRule().forEach((rule, count) -> json.put(rule.value(), count));
    return json;
  }
}
