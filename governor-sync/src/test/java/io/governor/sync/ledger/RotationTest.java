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
    run(4);
  }

  @Test
  void rewritten_with_the_same_beginning() throws IOException, SyncException {
    Files.writeString(trace, line("1") + line("4") + line("3"));
    run(4);
  }

  @Test
  void rewritten_without_the_beginning() throws IOException, SyncException {
    Files.writeString(trace, line("2") + line("3") + line("4"));
    run(4);
  }

  @Test
  void written_anew_by_another_product() throws IOException, SyncException {
    String text = Files.readString(trace) + line("4");
    Files.writeString(trace, text.replace("\": ", "\":").replace(", ", ","));
    run(4);
  }

  @Test
  void sorted_anew() throws IOException, SyncException {
    List<String> lines = new ArrayList<>(Files.readAllLines(trace));
    Collections.reverse(lines);
    Files.write(trace, lines);
    run(3);
  }

  @Test
  void violations_without_an_id_in_a_text_that_was_rewritten_are_a_declared_loss()
      throws IOException, SyncException {
    String unnamed = line("x").replace("\"event_id\": \"x\"", "\"event_id\": null");
    append(trace, unnamed, unnamed);
    run(5);
    append(trace, unnamed);
    run(6);

    String rewritten = line("1") + unnamed + line("4") + unnamed;
    Files.writeString(trace, rewritten);
    List<DeclaredLoss> losses = run(7);

    long first = line("1").length();
    long second = (long) rewritten.length() - unnamed.length();
    assertThat(losses)
        .containsExactly(
            new DeclaredLoss(trace.toString(), first, first + unnamed.length(), 1),
            new DeclaredLoss(trace.toString(), second, rewritten.length(), 1));
    assertThat(here.ledger().history().get(3).losses()).isEqualTo(losses);
    append(trace, unnamed);
    assertThat(run(8)).isEmpty();
  }

  @Test
  void lost_lines_are_one_range_when_only_lines_that_count_nothing_stand_between_them()
      throws IOException, SyncException {
    append(trace, unnamed("5"));
    run(4);
    String quiet = line("quiet", Traces.NOON) + "no event\n";
    String lost = unnamed("5") + quiet + unnamed("6") + quiet + unnamed("7");
    Files.writeString(trace, line("1") + lost + line("4") + quiet + unnamed("8") + quiet);

    List<DeclaredLoss> losses = run(5);

    long first = line("1").length();
    long last = first + lost.length() + line("4").length() + quiet.length();
    String file = trace.toString();
    assertThat(losses)
        .containsExactly(
            new DeclaredLoss(file, first, first + lost.length(), 3),
            new DeclaredLoss(file, last, last + unnamed("8").length(), 1));
  }

  @Test
  void lines_without_an_id_of_another_known_text_are_a_declared_loss()
      throws IOException, SyncException {
    Path other = append(here.trace("b.jsonl"), unnamed("4"), unnamed("5"));
    run(5);
    append(trace, unnamed("6"), Files.readString(other));

    List<DeclaredLoss> losses = run(6);

    assertThat(losses).extracting(DeclaredLoss::lines).containsExactly(2L);
    assertThat(run(6)).isEmpty();
  }

  @Test
  void a_copy_of_lines_without_an_id_in_the_same_run_is_a_declared_loss()
      throws IOException, SyncException {
    append(trace, unnamed("4"), unnamed("4"));
    Files.copy(trace, here.trace("b.jsonl"));

    List<DeclaredLoss> losses = run(5);

    assertThat(losses).extracting(DeclaredLoss::lines).containsExactly(2L);
    assertThat(losses).extracting(DeclaredLoss::file).containsExactly(file("b.jsonl"));
    assertThat(run(5)).isEmpty();
  }

  @Test
  void a_line_without_an_id_and_without_a_line_end_counts_once_when_that_comes()
      throws SyncException {
    append(trace, unnamed("4").strip());
    run(4);
    append(trace, "\n" + line("5"));

    assertThat(run(5)).isEmpty();
  }

  private static String unnamed(String id) {
    return line(id, Traces.NOON.plusSeconds(Long.parseLong(id)), "POL-001")
        .replace("\"event_id\": \"" + id + "\"", "\"event_id\": null");
  }

  private String file(String name) {
    return here.trace(name).toString();
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
    append(many, "\n", line("m2"), text.substring(text.length() / 2));
    run(1005);
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
