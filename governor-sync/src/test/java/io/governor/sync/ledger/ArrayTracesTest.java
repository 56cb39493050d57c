package io.governor.sync.ledger;

import static io.governor.sync.ledger.Traces.append;
import static io.governor.sync.ledger.Traces.line;
import static org.assertj.core.api.Assertions.assertThat;

import io.governor.sync.Alignment;
import io.governor.sync.DeclaredLoss;
import io.governor.sync.RunOptions;
import io.governor.sync.SyncException;
import io.governor.sync.TimeWindow;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Traces of products that keep their events in one JSON array and write the file anew each time.
 */
class ArrayTracesTest {

  @TempDir Path temp;

  private Installation here;
  private Path trace;

  @BeforeEach
  void three_events_were_counted() throws SyncException, IOException {
    here = new Installation(temp);
    trace = here.trace("a.jsonl");
    write(array(line("1"), line("2"), line("3")));
    assertThat(run(3)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {",", ", ", ",\n", "\n  ,\r\n\t "})
  void an_array_that_grows_counts_what_is_new(String between) throws IOException, SyncException {
    List<String> items = new ArrayList<>();
    for (int i = 1; i <= 8; i++) {
      items.add(line("" + i).strip());
      Files.writeString(trace, "[" + String.join(between, items) + " ]");
      assertThat(run(Math.max(3, i))).isEmpty();
    }
    assertThat(here.ledger().history()).allSatisfy(window -> assertThat(window.losses()).isEmpty());
  }

  @Test
  void items_that_were_removed_sorted_edited_or_put_in_between_count_nothing_again()
      throws IOException, SyncException {
    write(array(line("3"), line("x"), line("1").replace("\"mail\"", "\"post\""), line("y")));
    run(5);
    write(array(line("y"), line("2"), line("x"), line("1")));
    run(5);
    write(array());
    run(5);
    write(array(line("1"), line("z")));
    run(6);
  }

  @Test
  void what_is_new_stands_in_the_history_and_nothing_else() throws IOException, SyncException {
    String text = array(line("1"), line("4"), line("2"), line("3"), line("5"));
    write(text);
    run(5);

    List<String> counted =
        here.ledger().history().get(1).ranges().stream()
            .map(range -> text.substring((int) range.from(), (int) range.to()))
            .toList();
    assertThat(counted).hasSize(2);
    assertThat(counted.get(0)).contains(line("4").strip()).doesNotContain("\"2\"");
    assertThat(counted.get(1)).contains(line("5").strip()).doesNotContain("\"3\"");
  }

  @Test
  void items_without_an_id_of_an_array_that_changed_are_a_declared_loss()
      throws IOException, SyncException {
    Path other = here.trace("b.jsonl");
    Files.writeString(other, array(unnamed(line("x")), line("4")));
    assertThat(run(5)).isEmpty();
    Files.move(other, here.trace("b.jsonl.1"));
    assertThat(run(5)).isEmpty();

    String grown = array(unnamed(line("x")), line("4"), unnamed(line("y")), line("5"));
    Files.writeString(here.trace("b.jsonl.1"), grown);

    List<DeclaredLoss> losses = run(6);
    assertThat(losses).extracting(DeclaredLoss::lines).containsExactly(1L, 1L);
    assertThat(losses)
        .allSatisfy(
            loss ->
                assertThat(grown.substring((int) loss.from(), (int) loss.to()))
                    .contains("\"event_id\": null")
                    .doesNotContain("\"event_id\": \"4\"")
                    .doesNotContain("\"event_id\": \"5\""));
    assertThat(run(6)).isEmpty();
  }

  @Test
  void an_array_without_ids_in_the_place_of_another_is_a_declared_loss()
      throws IOException, SyncException {
    write(array(unnamed(line("x"))));

    assertThat(run(3)).extracting(DeclaredLoss::lines).containsExactly(1L);
  }

  @Test
  void a_copy_of_an_array_counts_once_with_ids_and_without() throws IOException, SyncException {
    String text = array(unnamed(line("x")), line("4"));
    Files.writeString(here.trace("b.jsonl"), text);
    Files.writeString(here.trace("c.jsonl"), text);

    List<DeclaredLoss> losses = run(5);

    assertThat(losses).extracting(DeclaredLoss::file).containsExactly(here.trace("c.jsonl") + "");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(here.trace("d.jsonl.gz")))) {
      Files.copy(here.trace("b.jsonl"), out);
    }
    assertThat(run(5)).isEmpty();
  }

  @Test
  void events_are_known_as_items_and_as_lines() throws IOException, SyncException {
    Files.writeString(here.trace("b.jsonl"), array(line("3"), line("4")));
    run(4);
    append(here.trace("c.jsonl"), line("4"), line("5"), line("1"));
    run(5);
    Files.writeString(here.trace("d.jsonl"), array(line("5"), line("6")));
    run(6);
  }

  @Test
  void an_array_that_is_being_written_counts_when_it_is_whole() throws IOException, SyncException {
    String whole = array(line("1"), line("2"), line("3"), line("4"), line("5"));
    for (int length = 1; length < whole.length(); length += 97) {
      write(whole.substring(0, length));
      here.run();
    }
    write(whole);
    run(5);
  }

  @Test
  void a_bracket_is_no_array() throws IOException, SyncException {
    Path lines = append(here.trace("b.jsonl"), "[]\n", line("4"));
    run(4);
    append(lines, line("5"));
    assertThat(run(5)).isEmpty();
    Path unnamed = append(here.trace("c.jsonl"), "[1,\n", unnamed(line("6")));
    run(6);
    append(unnamed, unnamed(line("7")));
    assertThat(run(7)).isEmpty();
  }

  @Test
  void an_array_that_goes_on_as_lines_counts_the_lines() throws IOException, SyncException {
    append(trace, line("4"), unnamed(line("5")));

    assertThat(run(5)).isEmpty();
  }

  /**
   * An hour had counted two of its items, when lines behind it made it none; then it is one again.
   */
  @Test
  void an_array_that_was_counted_in_part_and_taken_for_lines_counts_what_is_left_once()
      throws IOException, SyncException {
    here.now = here.now.plusSeconds(5_400);
    Instant late = here.now.minusSeconds(60);
    String text = array(line("4"), line("5", late, "POL-001"), line("6"));
    Path other = append(here.trace("b.jsonl"), text);
    here.run(RunOptions.DEFAULT.alignedTo(Alignment.HOUR));
    assertThat(here.sum()).isEqualTo(5);
    append(other, line("7"));
    run(6);
    Files.writeString(other, text);
    run(7);
  }

  /** What lines came to says nothing about the same bytes as an array. */
  @Test
  void an_array_that_was_taken_for_lines_counts_once_it_is_one() throws IOException, SyncException {
    String text = array(line("4"), line("5"), line("6"));
    Path other = append(here.trace("b.jsonl"), text, "{\"torn");
    run(3);
    Files.writeString(other, text);
    run(6);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\ufeff", "\n \n", "\ufeff\r\n"})
  void what_comes_before_the_bracket_changes_nothing(String before)
      throws IOException, SyncException {
    Path other = here.trace("b.jsonl");
    Files.writeString(other, before + array(line("4"), line("5")));
    run(5);
    Files.writeString(other, before + array(line("4"), line("5"), line("6")));
    assertThat(run(6)).isEmpty();
  }

  @Test
  void the_first_line_behind_a_byte_order_mark_is_known_again() throws IOException, SyncException {
    Path other = append(here.trace("b.jsonl"), "\ufeff", line("4"), line("5"));
    run(5);
    Files.writeString(other, line("5") + line("4"));
    run(5);
  }

  @Test
  void windows_take_items_by_their_own_time() throws IOException, SyncException {
    String late = line("late", Instant.parse("2026-04-16T12:00:00Z"), "POL-001");
    write(array(line("1"), late, line("2"), line("3"), line("4")));

    here.now = Instant.parse("2026-04-17T00:00:00Z");
    here.run(RunOptions.DEFAULT.within(TimeWindow.parse("2026-04-16")));
    assertThat(here.sum()).isEqualTo(4);
    write(array(line("5"), line("1"), late, line("2"), line("3"), line("4")));
    run(6);
  }

  @Test
  void the_positions_do_not_grow_with_an_array_that_is_written_anew()
      throws IOException, SyncException {
    List<String> items =
        new ArrayList<>(IntStream.range(0, 100).mapToObj(i -> line("n" + i)).toList());
    write(array(items.toArray(new String[0])));
    run(103);
    for (int i = 0; i < 10; i++) {
      Collections.rotate(items, 7);
      items.add(line("m" + i));
      write(array(items.toArray(new String[0])));
      run(104 + i);
    }

    Positions positions = PositionsFile.read(new LedgerFiles(here.root), "positions-12");
    assertThat(positions.contents()).hasSize(2);
  }

  private void write(String text) throws IOException {
    Files.createDirectories(here.traces);
    Files.writeString(trace, text);
  }

  private static String array(String... lines) {
    return Stream.of(lines).map(String::strip).collect(Collectors.joining(",\n", "[", "]\n"));
  }

  private static String unnamed(String line) {
    return line.replaceAll("\"event_id\": \"[^\"]*\"", "\"event_id\": null");
  }

  private List<DeclaredLoss> run(long expected) throws SyncException {
    here.now = here.now.plusSeconds(60);
    List<DeclaredLoss> losses = here.run().losses();
    assertThat(here.sum()).isEqualTo(expected);
    return losses;
  }
}
