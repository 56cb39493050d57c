package io.governor.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.governor.trace.TraceCatalog;
import io.governor.trace.TraceIndex;
import io.governor.trace.TraceSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Counts of a window that pass over files of which is known that nothing of theirs counts. */
class IndexedCountTest {

  /** Everything that was written by now was written a while ago. */
  private static final InstantSource LATER = () -> Instant.now().plus(Duration.ofHours(1));

  @TempDir private Path root;

  private Path trace(int number, List<String> lines) {
    return Events.trace(root.resolve("traces/api").resolve(number + ".jsonl"), lines);
  }

  private void learn() throws IOException {
    TraceCatalog.ofStateRoot(root, TraceIndex.of(root, LATER));
  }

  private List<TraceSource> sources() {
    return List.of(TraceSource.of(root.resolve("traces")));
  }

  @Test
  void theReportIsTheSameWhateverIsKnown() throws Exception {
    SplittableRandom random = Seeds.random();
    for (int round = 0; round < 30; round++) {
      for (int i = 0; i < 12; i++) {
        trace(i, lines(random));
      }
      learn();
      for (int changes = random.nextInt(3); changes > 0; changes--) {
        Files.write(
            trace(random.nextInt(14), lines(random)), lines(random), StandardOpenOption.APPEND);
      }
      TraceCounter counter = TraceCounter.ofStandardRules().within(window(random));

      CountReport with = counter.knowing(TraceIndex.of(root, LATER)).count(sources());

      assertThat(with).isEqualTo(counter.count(sources()));
      assertThat(counter.knowing(TraceIndex.of(root, LATER)).countBy(Grouping.DAY, sources()))
          .isEqualTo(counter.countBy(Grouping.DAY, sources()));
    }
  }

  private static List<String> lines(SplittableRandom random) {
    List<String> lines = new ArrayList<>();
    int day = random.nextInt(20);
    for (int i = random.nextInt(6); i > 0; i--) {
      // Mostly of one day, some late, and copies of one another.
      int late = random.nextInt(6) == 0 ? random.nextInt(20) : day;
      String id = "e" + random.nextInt(40);
      Instant time = Events.NOON.plus(Duration.ofDays(late));
      lines.add(
          random.nextInt(12) == 0
              ? "no event"
              : Events.line(Events.event("s", id, time, "POL-00" + (1 + random.nextInt(5)))));
    }
    return lines;
  }

  private static TimeWindow window(SplittableRandom random) {
    Instant start = Events.NOON.plus(Duration.ofDays(random.nextInt(20)));
    return new TimeWindow(start, start.plus(Duration.ofDays(1 + random.nextInt(3))));
  }

  @Test
  void ofAYearOnlyTheFilesOfTheWindowAreRead() throws Exception {
    for (int day = 0; day < 365; day++) {
      Instant time = Events.NOON.plus(Duration.ofDays(day));
      trace(day, List.of(Events.line(Events.event("s" + day, "e", time, "POL-001"))));
    }
    learn();
    AtomicLong read = new AtomicLong();
    Instant start = Events.NOON.plus(Duration.ofDays(100));

    CountReport report =
        TraceCounter.ofStandardRules()
            .within(new TimeWindow(start, start.plus(Duration.ofDays(1))))
            .knowing(TraceIndex.of(root, LATER))
            .reportingTo((bytes, total) -> read.set(bytes))
            .count(sources());

    assertThat(read.get()).isEqualTo(Files.size(root.resolve("traces/api/100.jsonl")));
    assertThat(report.events()).isEqualTo(365);
    assertThat(report.outsideWindow()).isEqualTo(364);
    assertThat(report.counts().byRule().values()).contains(1L);
  }

  @Test
  void withoutAWindowEverythingIsRead() throws Exception {
    trace(1, List.of(Events.line("e", "POL-001")));
    learn();

    TraceCounter counter = TraceCounter.ofStandardRules();

    assertThat(counter.knowing(TraceIndex.of(root, LATER)).count(sources()))
        .isEqualTo(counter.count(sources()));
  }
}
