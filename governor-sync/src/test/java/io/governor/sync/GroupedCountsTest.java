package io.governor.sync;

import static io.governor.sync.Events.NOON;
import static io.governor.sync.Events.event;
import static io.governor.sync.Events.line;
import static io.governor.sync.Events.trace;
import static org.assertj.core.api.Assertions.assertThat;

import io.governor.RuleId;
import io.governor.trace.TraceSource;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GroupedCountsTest {

  private static final TraceCounter COUNTER = TraceCounter.ofStandardRules();

  @TempDir Path folder;

  @Test
  void days_and_hours_are_those_of_the_event_in_utc() throws SyncException {
    Path file =
        trace(
            folder.resolve("t.jsonl"),
            line(event("s", "e1", NOON, "POL-001")),
            line(event("s", "e2", NOON.plusSeconds(3599), "POL-001", "POL-002")),
            line(event("s", "e3", NOON.plusSeconds(3600), "POL-003")),
            line(event("s", "e4", NOON.plusSeconds(24 * 3600), "POL-001"))
                .replace("2026-04-15T12:00:00.000Z", "2026-04-15T01:30:00.000+02:00"),
            line(event("s", "e5", NOON.plusSeconds(86_400), "POL-001")),
            line(event("s", "e6", NOON)),
            line(event("s", "e7", NOON, "POL-005")).replace("2026-04-14T12:00:00.000Z", "never"));

    assertThat(by(Grouping.DAY, file))
        .isEqualTo(Map.of("2026-04-14", "3/1/1/0/0", "2026-04-15", "1/0/0/0/0", "", "0/0/0/0/1"));
    assertThat(by(Grouping.HOUR, file))
        .isEqualTo(
            Map.of(
                "2026-04-14T12", "2/1/0/0/0",
                "2026-04-14T13", "0/0/1/0/0",
                "2026-04-14T23", "1/0/0/0/0",
                "2026-04-15T12", "1/0/0/0/0",
                "", "0/0/0/0/1"));
  }

  @Test
  void sessions_and_surfaces_are_groups_and_copies_count_in_the_first() throws SyncException {
    trace(
        folder.resolve("mcp/t.jsonl"),
        line(event("s1", "e1", NOON, "POL-001")),
        line(event("s2", "e2", NOON, "POL-002")),
        line(event("s1", "e3", NOON, "POL-001")).replace("\"session_id\": \"s1\", ", ""));
    trace(
        folder.resolve("langchain4j/t.jsonl"),
        line(event("s1", "e1", NOON, "POL-001")),
        line(event("s1", "e4", NOON, "POL-001")));

    assertThat(by(Grouping.SESSION, folder))
        .isEqualTo(Map.of("s1", "2/0/0/0/0", "s2", "0/1/0/0/0", "", "1/0/0/0/0"));
    assertThat(by(Grouping.SURFACE, folder))
        .isEqualTo(Map.of("langchain4j", "2/0/0/0/0", "mcp", "1/1/0/0/0"));
  }

  @Test
  void a_stream_has_no_surface() throws SyncException {
    byte[] text = line(event("s", "e1", NOON, "POL-001")).getBytes(StandardCharsets.UTF_8);

    GroupedCounts counts =
        COUNTER.countBy(
            Grouping.SURFACE, List.of(TraceSource.of("stdin", new ByteArrayInputStream(text))));

    assertThat(counts.groups()).containsOnlyKeys("");
  }

  @Test
  void groups_add_up_to_the_whole_however_many_there_are() throws SyncException {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < GroupedCounts.MOST_GROUPS + 50; i++) {
      lines.add(
          "{\"event_type\": \"X\", \"event_id\": \"e\", \"session_id\": \"s%d\",".formatted(i)
              + " \"policy_violations\": [\"POL-001\"]}");
    }
    lines.add(line(event("long".repeat(65), "e", NOON, "POL-002")));
    lines.add(line(event("long".repeat(64), "e", NOON, "POL-003")));
    Path file = trace(folder.resolve("t.jsonl"), lines);

    GroupedCounts counts = COUNTER.countBy(Grouping.SESSION, List.of(TraceSource.of(file)));

    assertThat(counts.groups()).hasSize(GroupedCounts.MOST_GROUPS);
    assertThat(counts.beyond().of(RuleId.of("POL-001"))).isEqualTo(50);
    assertThat(counts.beyond().of(RuleId.of("POL-002"))).isEqualTo(1);
    RuleCounts sum = counts.groups().values().stream().reduce(counts.beyond(), RuleCounts::plus);
    assertThat(sum).isEqualTo(counts.report().counts());
  }

  private static Map<String, String> by(Grouping grouping, Path path) throws SyncException {
    GroupedCounts counts = COUNTER.countBy(grouping, List.of(TraceSource.of(path)));
    assertThat(counts.beyond()).isEqualTo(RuleCounts.zero(List.of()));
    return counts.groups().entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, group -> slashed(group.getValue())));
  }

  private static String slashed(RuleCounts counts) {
    return counts.byRule().values().stream().map(String::valueOf).collect(Collectors.joining("/"));
  }
}
