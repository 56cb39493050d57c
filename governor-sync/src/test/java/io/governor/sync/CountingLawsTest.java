package io.governor.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.governor.RuleId;
import io.governor.trace.TraceSource;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What holds for every count, whatever the trace. */
class CountingLawsTest {

  private static final String[] RULES = {
    "POL-001", "POL-002", "POL-003", "POL-004", "POL-005", "ACME-101", "ACME-999", "no rule"
  };
  private static final TraceCounter COUNTER = TraceCounter.of(List.of(RuleId.of("ACME-101")));
  private static final long BEGIN = Instant.parse("2026-04-14T00:00:00Z").toEpochMilli();
  private static final int SPAN = 100_000;

  private final SplittableRandom random = Seeds.random();

  @TempDir Path folder;

  @Test
  void counts_add_up_over_any_split_of_the_lines_into_files() throws SyncException {
    for (int round = 0; round < 20; round++) {
      List<String> lines = randomLines(300);
      CountReport whole = count(files(round + "-whole", List.of(lines)));

      List<TraceSource> parts = files(round + "-parts", split(lines));
      RuleCounts sum = RuleCounts.NONE;
      for (TraceSource part : parts) {
        sum = sum.plus(count(List.of(part)).counts());
      }

      assertThat(sum).isEqualTo(whole.counts());
      assertThat(count(parts)).isEqualTo(whole);
    }
  }

  @Test
  void neither_the_order_of_files_nor_that_of_lines_matters() throws SyncException {
    for (int round = 0; round < 20; round++) {
      List<String> lines = randomLines(300);
      CountReport expected = count(files(round + "-a", split(lines)));

      shuffle(lines);
      List<TraceSource> others = new ArrayList<>(files(round + "-b", split(lines)));
      shuffle(others);

      assertThat(count(others)).isEqualTo(expected);
    }
  }

  @Test
  void repeating_any_of_the_lines_anywhere_changes_no_count() throws SyncException {
    for (int round = 0; round < 20; round++) {
      List<String> lines = randomLines(300);
      RuleCounts expected = count(files(round + "-a", split(lines))).counts();

      for (int i = random.nextInt(300); i > 0; i--) {
        lines.add(lines.get(random.nextInt(lines.size())));
      }
      shuffle(lines);

      assertThat(count(files(round + "-b", split(lines))).counts()).isEqualTo(expected);
    }
  }

  @Test
  void windows_that_tile_a_span_count_what_the_span_counts() throws SyncException {
    for (int round = 0; round < 10; round++) {
      List<TraceSource> sources = files(String.valueOf(round), split(randomLines(300)));
      TreeSet<Long> cuts = new TreeSet<>(List.of(0L, (long) SPAN));
      for (int i = random.nextInt(8); i > 0; i--) {
        cuts.add(random.nextLong(SPAN));
      }

      RuleCounts sum = RuleCounts.NONE;
      long outside = 0;
      for (long cut : cuts.headSet((long) SPAN)) {
        CountReport tile = COUNTER.within(window(cut, cuts.higher(cut))).count(sources);
        sum = sum.plus(tile.counts());
        outside += tile.events() - tile.outsideWindow();
      }

      CountReport whole = COUNTER.within(window(0, SPAN)).count(sources);
      assertThat(sum).isEqualTo(whole.counts()).isEqualTo(count(sources).counts());
      assertThat(outside).isEqualTo(whole.events());
    }
  }

  private static TimeWindow window(long from, long to) {
    return new TimeWindow(Instant.ofEpochMilli(BEGIN + from), Instant.ofEpochMilli(BEGIN + to));
  }

  private static CountReport count(List<TraceSource> sources) throws SyncException {
    return COUNTER.count(sources);
  }

  private List<String> randomLines(int count) {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      TreeSet<String> violations = new TreeSet<>();
      for (int v = random.nextInt(4); v > 0; v--) {
        violations.add(RULES[random.nextInt(RULES.length)]);
      }
      lines.add(
          Events.line(
              Events.event(
                  "session-" + random.nextInt(5),
                  "event-" + i,
                  Instant.ofEpochMilli(BEGIN + random.nextInt(SPAN)),
                  violations.toArray(String[]::new))));
    }
    return lines;
  }

  private List<List<String>> split(List<String> lines) {
    List<List<String>> parts = new ArrayList<>();
    for (int i = random.nextInt(1, 6); i > 0; i--) {
      parts.add(new ArrayList<>());
    }
    lines.forEach(line -> parts.get(random.nextInt(parts.size())).add(line));
    return parts;
  }

  private List<TraceSource> files(String name, List<List<String>> parts) {
    List<TraceSource> files = new ArrayList<>();
    for (List<String> lines : parts) {
      Path file = folder.resolve(name + "-" + files.size() + ".jsonl");
      files.add(TraceSource.of(Events.trace(file, lines)));
    }
    return files;
  }

  private void shuffle(List<?> list) {
    Collections.shuffle(list, new Random(random.nextLong()));
  }
}
