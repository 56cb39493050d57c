package io.governor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.governor.RuleId;
import io.governor.sync.CountReport;
import io.governor.sync.GroupedCounts;
import io.governor.sync.RuleCounts;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GroupTablesTest {

  private static final String UUID = "3f2b8c1d-9e4a-4b7c-8d6e-1f2a3b4c5d6e";

  private static GroupedCounts counts(int ownRules, String... groups) {
    List<RuleId> own = new ArrayList<>();
    for (int i = 1; i <= ownRules; i++) {
      own.add(RuleId.of("ACME-10" + i));
    }
    RuleCounts zero = RuleCounts.zero(own);
    SortedMap<String, RuleCounts> rows = new TreeMap<>();
    for (String group : groups) {
      rows.put(group, zero);
    }
    return new GroupedCounts(CountReport.ofNothing(zero), rows, RuleCounts.NONE);
  }

  private static List<List<String>> lines(GroupedCounts counts, int width) {
    return new GroupTables("SESSION", counts)
        .within(width).stream().map(table -> table.lines(width)).toList();
  }

  @Test
  void theStandardRulesStandInOneTableAndALongNameGivesWay() {
    assertThat(lines(counts(0, UUID), 80))
        .containsExactly(
            List.of(
                "SESSION                              POL-001  POL-002  POL-003  POL-004  POL-005",
                "3f2b8c1d-9e4a-4b7c-8d6e-1f2a3b4c5d…        0        0        0        0        0"));
  }

  @Test
  void rulesForWhichThereIsNoRoomStandBelow() {
    assertThat(lines(counts(3, UUID, ""), 80))
        .containsExactly(
            List.of(
                "SESSION                           ACME-101  ACME-102  ACME-103  POL-001  POL-002",
                "-                                        0         0         0        0        0",
                "3f2b8c1d-9e4a-4b7c-8d6e-1f2a3b4…         0         0         0        0        0"),
            List.of(
                "SESSION                               POL-003  POL-004  POL-005",
                "-                                           0        0        0",
                UUID + "        0        0        0"));
  }

  @ParameterizedTest
  @CsvSource({"40, 8", "60, 3", "80, 2", "120, 1", "200, 1"})
  void everyLineFitsWhateverTheTerminal(int width, int tables) {
    List<List<String>> all = lines(counts(3, UUID, "a".repeat(300), "short"), width);

    assertThat(all).hasSize(tables);
    assertThat(all.stream().flatMap(List::stream))
        .allSatisfy(line -> assertThat(Text.width(line)).isLessThanOrEqualTo(width));
  }
}
