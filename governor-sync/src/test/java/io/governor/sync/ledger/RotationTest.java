package io.governor.sync.ledger;

import static io.governor.sync.ledger.Traces.append;
import static io.governor.sync.ledger.Traces.line;
import static org.assertj.core.api.Assertions.assertThat;

import io.governor.sync.DeclaredLoss;
import io.governor.sync.SyncException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens to files between two runs, and that every event counts once all the same. */
class RotationTest {

  @TempDir Path temp;

  private Installation here;
  private Path trace;

  @BeforeEach
  void three_events_were_counted() throws SyncException {
    here = new Installation(temp);
    trace = append(here.trace("a.jsonl"), line("1"), line("2"), line("3"));
    run(3);
  }

  @Test
  void nothing_new() throws SyncException {
    run(3);
  }

  @Test
  void appended() throws SyncException {
    append(trace, line("4"));
    run(4);
    append(trace, line("5"), line("6"));
    run(6);
  }

  @Test
  void a_torn_line_waits_until_it_is_whole() throws SyncException {
    String whole = line("4");
    append(trace, whole.substring(0, 40));
    run(3);
    append(trace, whole.substring(40), line("5"));
    run(5);
  }

  @Test
  void a_last_event_without_a_line_end_counts_once() throws SyncException {
    append(trace, line("4").stripTrailing());
    run(4);
    append(trace, "\n", line("5"));
    run(5);
    append(trace, line("6").stripTrailing());
    run(6);
    run(6);
  }

  @Test
  void renamed_and_begun_anew() throws IOException, SyncException {
    append(trace, line("4"));
    Files.move(trace, here.trace("a.jsonl.1"));
    append(trace, line("5"));
    run(5);
    Files.move(here.trace("a.jsonl.1"), here.trace("a.jsonl.2"));
    Files.move(trace, here.trace("a.jsonl.1"));
    append(trace, line("6"));
    run(6);
  }

  @Test
  void copied_and_truncated() throws IOException, SyncException {
    append(trace, line("4"));
    Files.copy(trace, here.trace("a.jsonl.1"));
    Files.writeString(trace, "");
    append(trace, line("5"));
    run(5);
    append(trace, line("6"), line("7"), line("8"), line("9"));
    run(9);
  }

  @Test
  void compressed() throws IOException, SyncException {
    append(trace, line("4"));
    gzip(trace, here.trace("a.jsonl.1.gz"));
    Files.delete(trace);
    run(4);
  }

  @Test
  void copied() throws IOException, SyncException {
    Files.copy(trace, here.trace("b.jsonl"));
    append(trace, line("4"));
    run(4);
    append(trace, line("5"));
    Files.copy(trace, here.trace("c.jsonl"));
    run(5);
  }

  @Test
  void put_together() throws IOException, SyncException {
    Path other = append(here.trace("b.jsonl"), line("x1"), line("x2"));
    run(5);
    append(
        here.trace("c.jsonl"),
        Files.readString(other),
        Files.readString(trace),
        line("4"),
        Files.readString(other));
    append(here.trace("d.jsonl"), line("y1"), Files.readString(trace), line("y2"));
    run(8);
  }

  @Test
  void removed_and_put_back() throws IOException, SyncException {
    String text = Files.readString(trace);
    Files.delete(trace);
    run(3);
    append(here.trace("back.jsonl"), text, line("4"));
    run(4);
  }

  @Test
  void truncated_to_what_was_counted_before() throws IOException, SyncException {
    Files.writeString(trace, line("1") + line("2"));

    assertThat(run(3)).isEmpty();

    Files.writeString(trace, line("1") + line("2") + line("3"));
    run(3);
  }

  @Test
  void truncated_in_the_middle_of_a_line() throws IOException, SyncException {
    Files.writeString(trace, line("1") + line("2").substring(0, 30));
    run(3);
    Files.writeString(trace, line("1") + line("2").stripTrailing());
    run(3);
    run(3);
    append(trace, "\n", line("4"));
    assertThat(run(3)).hasSize(1);
    append(trace, line("5"));
    run(4);
  }

  @Test
  void rewritten_with_the_same_beginning_is_a_declared_loss() throws IOException, SyncException {
    Files.writeString(trace, line("1") + line("4") + line("3"));

    List<DeclaredLoss> losses = run(3);

    assertThat(losses).hasSize(1);
    assertThat(losses.get(0).file()).isEqualTo(trace.toString());
    assertThat(losses.get(0).lines()).isEqualTo(2);
    assertThat(losses.get(0).from()).isEqualTo(line("1").length());
    assertThat(here.ledger().history().get(1).losses()).isEqualTo(losses);

    append(trace, line("5"));
    assertThat(run(4)).isEmpty();
  }

  @Test
  void rewritten_without_the_beginning_is_a_declared_loss() throws IOException, SyncException {
    Files.writeString(trace, line("2") + line("3") + line("4"));

    assertThat(run(3)).singleElement().extracting(DeclaredLoss::lines).isEqualTo(3L);
  }

  @Test
  void sorted_anew_is_a_declared_loss() throws IOException, SyncException {
    List<String> lines = new ArrayList<>(Files.readAllLines(trace));
    Collections.reverse(lines);
    Files.write(trace, lines);

    assertThat(run(3)).hasSize(1);
  }

  @Test
  void replaced_by_another_trace() throws IOException, SyncException {
    Files.writeString(trace, line("x1"));
    run(4);
  }

  @Test
  void a_number_of_a_file_that_is_given_to_another() throws IOException, SyncException {
    Files.delete(trace);
    append(here.trace("b.jsonl"), line("4"));
    append(here.trace("c.jsonl"), line("5"));
    run(5);
  }

  @Test
  void many_lines_are_recognised_wherever_they_end() throws IOException, SyncException {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 1000; i++) {
      text.append(line("n" + i));
    }
    Path many = append(here.trace("many.jsonl"), text.toString());
    run(1003);
    append(many, line("m1"));
    Files.copy(many, here.trace("copy.jsonl"));
    run(1004);
    Files.writeString(many, text.substring(0, text.length() / 3));
    List<DeclaredLoss> losses = run(1004);
    assertThat(losses.stream().mapToLong(DeclaredLoss::lines).sum()).isLessThan(130);
  }

  private static void gzip(Path file, Path to) throws IOException {
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(to))) {
      Files.copy(file, out);
    }
  }

  private List<DeclaredLoss> run(long expected) throws SyncException {
    here.now = here.now.plusSeconds(60);
    List<DeclaredLoss> losses = here.run().losses();
    assertThat(here.sum()).isEqualTo(expected);
    return losses;
  }
}
