package io.governor.sync.count;

import static org.assertj.core.api.Assertions.assertThat;

import io.governor.RuleId;
import io.governor.sync.CountReport;
import io.governor.sync.Events;
import io.governor.sync.RuleCounts;
import io.governor.sync.Seeds;
import io.governor.trace.ReadProblem;
import io.governor.trace.ReadReport;
import io.governor.trace.TraceReader;
import io.governor.trace.TraceSource;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On however many threads, a count comes to the same, to the last problem told. */
class ParallelCountTest {

  private static final int LARGE = 14 << 20;

  private final SplittableRandom random = Seeds.random();
  private final RandomLines lines = new RandomLines(random);

  @TempDir Path folder;

  @Test
  void the_outcome_is_that_of_one_thread_and_of_the_plain_reader() throws IOException {
    List<Path> files = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      files.add(file("large-" + i, LARGE));
      for (int k = 0; k < 30; k++) {
        files.add(file("small-" + i + "-" + k, random.nextInt(5_000)));
      }
    }
    List<TraceSlice> slices =
        files.stream().map(file -> TraceSlice.whole(file, EventTimes.ALL)).toList();
    SliceCounter counter =
        new SliceCounter(
            RuleCounts.zero(List.of(RuleId.of("ACME-101"), RuleId.of("ABCDEFGH-123456"))));

    SliceCount one = counter.on(1).count(slices);

    plain(files, one.report());
    for (int threads : new int[] {2, 3, 8}) {
      assertThat(counter.on(threads).count(slices)).isEqualTo(one);
    }
    assertThat(one.report().duplicates()).isGreaterThan(100);
    assertThat(one.report().malformed()).isGreaterThan(1_000);
  }

  private static void plain(List<Path> files, CountReport report) throws IOException {
    ReadReport read = ReadReport.EMPTY;
    for (Path file : files) {
      read = read.plus(TraceReader.heads(TraceSource.of(file), (head, at) -> true));
    }
    assertThat(report.events()).isEqualTo(read.events());
    assertThat(report.malformed()).isEqualTo(read.malformed());
    assertThat(report.torn()).isEqualTo(read.torn());
    assertThat(report.problems())
        .isEqualTo(read.problems().stream().map(ReadProblem::toString).toList());
  }

  @Test
  void a_file_that_cannot_be_cut_is_added_up_in_its_turn_while_it_is_read() throws IOException {
    List<TraceSlice> slices = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      Path file = folder.resolve(i + ".jsonl.gz");
      try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file), 1 << 16)) {
        for (int k = 0; k < 60_000; k++) {
          // Half of the events of a file stand in the next one too, with another rule.
          String event =
              "{\"event_type\": \"X\", \"event_id\": \"%d\", \"policy_violations\": [\"POL-00%d\"]}\n"
                  .formatted(30_000 * i + k, i + 1);
          out.write(event.getBytes(StandardCharsets.US_ASCII));
        }
      }
      slices.add(TraceSlice.whole(file, EventTimes.ALL));
    }
    SliceCounter counter = new SliceCounter(RuleCounts.zero(List.of()));

    for (int threads : new int[] {1, 2, 8}) {
      CountReport report = counter.on(threads).count(slices).report();

      assertThat(report.counts().byRule().values())
          .containsExactly(60_000L, 30_000L, 30_000L, 30_000L, 0L);
      assertThat(report.duplicates()).isEqualTo(90_000);
    }
  }

  @Test
  void many_files_are_read_with_few_open_at_a_time() throws IOException {
    String line = Events.line("e", "POL-001");
    for (int i = 0; i < 20_000; i++) {
      Files.writeString(
          folder.resolve(i + ".jsonl"), line.replace("\"e\"", "\"e" + i + "\"") + "\n");
    }
    List<TraceSlice> slices =
        IntStream.range(0, 20_000)
            .mapToObj(i -> TraceSlice.whole(folder.resolve(i + ".jsonl"), EventTimes.ALL))
            .toList();

    SliceCount count = new SliceCounter(RuleCounts.zero(List.of())).on(4).count(slices);

    assertThat(count.report().counts().of(RuleId.of("POL-001"))).isEqualTo(20_000);
    assertThat(count.consumed()).hasSize(20_000).allMatch(consumed -> consumed > 300);
    assertThat(Thread.getAllStackTraces().keySet())
        .extracting(Thread::getName)
        .noneMatch(name -> name.startsWith("governor-count"));
  }

  private Path file(String name, int size) throws IOException {
    Path file = folder.resolve(name + ".jsonl");
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20)) {
      int length = 0;
      while (length < size) {
        byte[] line = line().getBytes(StandardCharsets.UTF_8);
        out.write(line);
        length += line.length;
      }
    }
    return file;
  }

  private String line() {
    String line = random.nextInt(4) == 0 ? lines.any() : lines.written();
    return switch (random.nextInt(40)) {
      case 0 -> "no event\n";
      case 1 -> "\n";
      case 2 ->
          "{\"event_id\": \"again\", \"event_type\": \"X\", \"policy_violations\": [\"POL-00%d\"]}\n"
              .formatted(random.nextInt(1, 6));
      case 3 -> line + "x".repeat(random.nextInt(100_000)) + "\n";
      case 4 ->
          line.replace(
                  "SCOPE_ASSERTED\"",
                  "SCOPE\", \"pad\": \"" + "y".repeat(random.nextInt(50_000)) + "\"")
              + "\r\n";
      default -> line + "\n";
    };
  }
}
