package io.governor.sync.ledger;

import static io.governor.sync.ledger.Traces.append;
import static io.governor.sync.ledger.Traces.line;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.governor.sync.CountReport;
import io.governor.sync.RunOptions;
import io.governor.sync.SyncException;
import io.governor.sync.TraceCounter;
import io.governor.trace.TraceSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which files a run takes its counts from, and what becomes of those that cannot be read. */
class SourcesOfARunTest {

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

  private static void mode(Path path, String mode) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
  }

  private CountReport run() throws SyncException {
    here.now = here.now.plusSeconds(60);
    return Objects.requireNonNull(here.run().report());
  }
}
