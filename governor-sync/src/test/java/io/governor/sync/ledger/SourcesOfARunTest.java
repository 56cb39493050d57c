package io.governor.sync.ledger;

import static io.governor.sync.ledger.Traces.append;
import static io.governor.sync.ledger.Traces.line;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.governor.sync.CountReport;
import io.governor.sync.RunOptions;
import io.governor.sync.SyncException;
import io.governor.sync.SyncException.Kind;
import io.governor.sync.TraceCounter;
import io.governor.trace.TraceSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which files a run takes its counts from, and what becomes of those that cannot be read. */
class SourcesOfARunTest {

  private static final int LINES = 6_000;

  @TempDir Path temp;

  private Installation here;

  @BeforeEach
  void registered() throws SyncException {
    here = new Installation(temp);
  }

  @Test
  void a_run_sees_the_files_that_counting_without_sending_sees() throws Exception {
    for (String name :
        List.of(
            "a.jsonl", "b.jsonl.1", "c.jsonl-20260414", "d/e.jsonl.2", "f.txt", "g.jsonl.bak")) {
      append(here.trace(name), line("event of " + name));
    }
    String unnamed = line("x").replace("\"event_id\": \"x\"", "\"event_id\": null");
    Files.createLink(here.trace("h.jsonl"), append(here.trace("d/unnamed.jsonl"), unnamed));

    CountReport counted =
        TraceCounter.ofStandardRules().count(List.of(TraceSource.of(here.traces)));

    assertThat(counted.events()).isEqualTo(5);
    assertThat(here.preview(RunOptions.DEFAULT).report()).isEqualTo(counted);
  }

  @Test
  void a_directory_that_cannot_be_read_is_told_and_counts_once_it_can() throws Exception {
    append(here.trace("a.jsonl"), line("1"));
    append(here.trace("b/b.jsonl"), line("2"));
    here.run();
    append(here.trace("a.jsonl"), line("3"));
    append(here.trace("b/b.jsonl"), line("4"));
    Path closed = here.trace("b");
    mode(closed, "---------");
    try {
      assumeThat(Files.isReadable(closed)).as("the superuser can read everything").isFalse();

      assertThat(run().problems()).containsExactly(closed + ": permission denied");
      assertThat(here.sum()).isEqualTo(3);
    } finally {
      mode(closed, "rwx------");
    }
    assertThat(run().problems()).isEmpty();
    assertThat(here.sum()).isEqualTo(4);
  }

  @Test
  void a_file_that_cannot_be_read_any_more_is_told_and_counts_once_it_can() throws Exception {
    Path trace = append(here.trace("a.jsonl"), line("1"));
    here.run();
    append(trace, line("2"));
    mode(trace, "-w-------");
    try {
      assumeThat(Files.isReadable(trace)).as("the superuser can read everything").isFalse();

      assertThat(run().problems()).containsExactly(trace + ": permission denied");
    } finally {
      mode(trace, "rw-------");
    }
    run();
    assertThat(here.sum()).isEqualTo(2);
  }

  @Test
  void what_vanishes_or_grows_once_it_was_listed_is_no_problem() throws Exception {
    Path gone = append(here.trace("a.jsonl"), line("1"));
    Path grown = append(here.trace("b.jsonl"), line("2"));
    TraceListing listing = TraceListing.of(here.sources());
    Files.delete(gone);
    append(grown, line("3"));

    Survey survey = Survey.of(Positions.NONE, listing, Asked.EVERYTHING, Set.of());

    assertThat(survey.problems()).isEmpty();
    assertThat(survey.work()).extracting(FileWork::file).containsExactly(grown);
    assertThat(survey.work().get(0).text().scan().size()).isEqualTo(Files.size(grown));
  }

  /** What becomes of a file while another one is counted, and what two runs come to then. */
  private enum Change {
    DELETED(0) {
      @Override
      void apply(Path file) throws IOException {
        Files.delete(file);
      }
    },
    GROWN(3) {
      @Override
      void apply(Path file) {
        append(file, line("b3"));
      }
    },
    CUT(1) {
      @Override
      void apply(Path file) throws IOException {
        Files.writeString(file, line("b1"));
      }
    },
    REWRITTEN(3) {
      @Override
      void apply(Path file) throws IOException {
        Files.writeString(file, line("b3") + line("b2") + line("b1"));
      }
    },
    REPLACED(1) {
      @Override
      void apply(Path file) throws IOException {
        Path other = append(file.resolveSibling("other"), line("b4"));
        Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);
      }
    },
    ROTATED(3) {
      @Override
      void apply(Path file) throws IOException {
        Files.move(file, file.resolveSibling("b.jsonl.1"));
        append(file, line("b3"));
      }
    };

    private final int events;

    Change(int events) {
      this.events = events;
    }

    abstract void apply(Path file) throws IOException;
  }

  @ParameterizedTest
  @EnumSource(Change.class)
  void a_file_that_changes_while_the_run_counts_counts_each_event_once(Change change)
      throws Exception {
    String[] many = IntStream.range(0, LINES).mapToObj(i -> line("a" + i)).toArray(String[]::new);
    assertThat(Files.size(append(here.trace("a.jsonl"), many))).isGreaterThan(2 << 20);
    Path file = append(here.trace("b.jsonl"), line("b1"), line("b2"));
    AtomicBoolean changed = new AtomicBoolean();
    RunOptions options =
        RunOptions.DEFAULT.reportingTo(
            (read, total) -> {
              if (!changed.getAndSet(true)) {
                unchecked(change, file);
              }
            });

    here.run(options);
    assertThat(changed).isTrue();
    assertThat(here.sum()).isBetween((long) LINES, LINES + (long) change.events);

    run();
    assertThat(here.sum()).isEqualTo(LINES + change.events);
  }

  private static void unchecked(Change change, Path file) {
    try {
      change.apply(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void traces_that_change_all_the_time_stop_the_run_and_lose_nothing() throws Exception {
    String[] many = IntStream.range(0, LINES).mapToObj(i -> line("a" + i)).toArray(String[]::new);
    append(here.trace("a.jsonl"), many);
    for (int i = 0; i < 20; i++) {
      append(here.trace("b" + i + ".jsonl"), line("b" + i));
    }
    AtomicInteger next = new AtomicInteger();
    AtomicLong before = new AtomicLong(Long.MAX_VALUE);
    RunOptions options =
        RunOptions.DEFAULT.reportingTo(
            (read, total) -> {
              if (read <= before.getAndSet(read)) {
                unchecked(Change.DELETED, here.trace("b" + next.getAndIncrement() + ".jsonl"));
              }
            });

    SyncException refused = catchThrowableOfType(SyncException.class, () -> here.run(options));

    assertThat(refused.kind()).isEqualTo(Kind.INPUT);
    assertThat(refused).hasMessageStartingWith("the traces change faster than they can be read");
    assertThat(here.server.requests()).isEmpty();
    run();
    assertThat(here.sum()).isEqualTo(LINES + 20 - next.get());
  }

  private static void mode(Path path, String mode) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
  }

  private CountReport run() throws SyncException {
    here.now = here.now.plusSeconds(60);
    return Objects.requireNonNull(here.run().report());
  }
}
