package io.governor.sync.count;

import static io.governor.sync.Events.NOON;
import static io.governor.sync.Events.event;
import static io.governor.sync.Events.line;
import static io.governor.sync.Events.trace;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.governor.event.EventDecoder;
import io.governor.sync.CountReport;
import io.governor.sync.RuleCounts;
import io.governor.sync.TimeWindow;
import io.governor.trace.ReadReport;
import io.governor.trace.TraceReader;
import io.governor.trace.TraceSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SliceCounterTest {

  private static final SliceCounter COUNTER = new SliceCounter(RuleCounts.zero(List.of()));

  @TempDir Path folder;

  @Test
  void what_one_run_leaves_the_next_one_counts_wherever_the_file_was_cut() throws IOException {
    Path file = folder.resolve("t.jsonl");
    String text =
        "\ufeff"
            + line("e1", "POL-001")
            + "\r\n\n  \n"
            + line("e2", "POL-002")
            + "\nno event\n"
            + line("e3", "POL-003")
            + "\n\r\n"
            + line("e4")
            + "\n";
    Files.writeString(file, text);
    long size = Files.size(file);
    List<Long> starts = lineStarts(Files.readAllBytes(file));

    for (long cut = 0; cut <= size; cut++) {
      SliceCount first = count(new TraceSlice(file, 0, cut, EventTimes.ALL));
      long consumed = first.consumed().get(0);
      SliceCount second = count(new TraceSlice(file, consumed, TraceSlice.END, EventTimes.ALL));

      assertThat(consumed).isLessThanOrEqualTo(cut);
      assertThat(starts.contains(consumed) || isEndOfEvent(text, consumed)).isTrue();
      assertThat(first.report().counts().plus(second.report().counts()))
          .as("cut at %d", cut)
          .isEqualTo(count(whole(file)).report().counts());
      assertThat(first.report().events() + second.report().events()).isEqualTo(4);
      assertThat(first.report().malformed() + second.report().malformed()).isEqualTo(1);
      assertThat(second.consumed()).containsExactly(size);
    }
  }

  private static boolean isEndOfEvent(String text, long offset) {
    byte[] before = Arrays.copyOf(text.getBytes(StandardCharsets.UTF_8), (int) offset);
    return offset > 0 && List.of((byte) '}', (byte) '\r').contains(before[before.length - 1]);
  }

  private static List<Long> lineStarts(byte[] text) {
    return Stream.concat(
            Stream.of(0L),
            IntStream.range(0, text.length).filter(i -> text[i] == '\n').mapToObj(i -> i + 1L))
        .toList();
  }

  @Test
  void a_torn_last_line_is_left_for_the_run_that_finds_its_end() throws IOException {
    Path file = trace(folder.resolve("t.jsonl"), line("e1", "POL-001"));
    long whole = Files.size(file);
    String last = line("e2", "POL-002");
    append(file, last.substring(0, 100));

    SliceCount torn = count(whole(file));
    append(file, last.substring(100) + "\n");
    SliceCount rest =
        count(new TraceSlice(file, torn.consumed().get(0), TraceSlice.END, EventTimes.ALL));

    assertThat(torn.consumed()).containsExactly(whole);
    assertThat(torn.report().torn()).isEqualTo(1);
    assertThat(torn.report().problems()).containsExactly(file + ":2: torn last line");
    assertThat(perRule(rest.report())).containsExactly(0L, 1L, 0L, 0L, 0L);
  }

  @Test
  void a_last_event_without_a_line_end_is_counted_and_behind_us() throws IOException {
    Path file = folder.resolve("t.jsonl");
    Files.writeString(file, line("e1", "POL-001") + "\n" + line("e2", "POL-002"));

    SliceCount count = count(whole(file));

    assertThat(perRule(count.report())).containsExactly(1L, 1L, 0L, 0L, 0L);
    assertThat(count.consumed()).containsExactly(Files.size(file));
    assertThat(count.report().problems()).isEmpty();
  }

  @Test
  void an_event_that_stands_in_several_slices_counts_once() throws IOException {
    Path a = trace(folder.resolve("a.jsonl"), line("e1", "POL-001"), line("e2", "POL-001"));
    Path b = trace(folder.resolve("b.jsonl"), line("e2", "POL-002"), line("e3", "POL-003"));

    SliceCount forth = count(whole(a), whole(b));
    SliceCount back = count(whole(b), whole(a));

    assertThat(perRule(forth.report())).containsExactly(2L, 0L, 1L, 0L, 0L);
    assertThat(perRule(back.report())).containsExactly(1L, 1L, 1L, 0L, 0L);
    assertThat(forth.report().duplicates()).isEqualTo(1);
    assertThat(forth.consumed()).containsExactly(Files.size(a), Files.size(b));
  }

  @Test
  void copies_count_where_that_is_asked_for() throws IOException {
    Path a = trace(folder.resolve("a.jsonl"), line("e1", "POL-001"), line("e1", "POL-001"));

    SliceCount count = COUNTER.withCopies().count(List.of(whole(a)));

    assertThat(perRule(count.report())).containsExactly(2L, 0L, 0L, 0L, 0L);
    assertThat(count.report().duplicates()).isZero();
  }

  @Test
  void each_slice_has_times_of_its_own() throws IOException {
    Path file =
        trace(
            folder.resolve("t.jsonl"),
            line(event("s", "e1", NOON, "POL-001")),
            line(event("s", "e2", NOON.plusSeconds(10), "POL-002")),
            line(event("s", "e3", NOON.plusSeconds(20), "POL-003")),
            line(event("s", "e4", NOON, "POL-004")).replace("2026-04-14T12:00:00.000Z", "never"));
    TimeWindow middle = new TimeWindow(NOON.plusSeconds(10), NOON.plusSeconds(20));
    TimeWindow all = new TimeWindow(NOON, NOON.plusSeconds(60));

    assertThat(perRule(count(new TraceSlice(file, 0, TraceSlice.END, EventTimes.within(middle)))))
        .containsExactly(0L, 1L, 0L, 0L, 0L);
    assertThat(perRule(count(timed(file, new EventTimes(null, List.of(middle))))))
        .containsExactly(1L, 0L, 1L, 1L, 0L);
    assertThat(perRule(count(timed(file, new EventTimes(all, List.of(middle))))))
        .containsExactly(1L, 0L, 1L, 0L, 0L);
    SliceCount two =
        count(
            timed(file, EventTimes.within(middle)),
            timed(file, new EventTimes(null, List.of(middle))));
    assertThat(perRule(two)).containsExactly(1L, 1L, 1L, 1L, 0L);
    assertThat(two.report().duplicates()).isZero();
  }

  private static TraceSlice timed(Path file, EventTimes times) {
    return TraceSlice.whole(file, times);
  }

  @Test
  void a_file_that_is_not_there_is_reported_and_passed_over() throws IOException {
    Path gone = folder.resolve("gone.jsonl");
    Path file = trace(folder.resolve("t.jsonl"), line("e1", "POL-001"));

    SliceCount count = count(new TraceSlice(gone, 17, 100, EventTimes.ALL), whole(file));

    assertThat(perRule(count.report())).containsExactly(1L, 0L, 0L, 0L, 0L);
    assertThat(count.report().unreadable()).isEqualTo(1);
    assertThat(count.report().problems()).containsExactly(gone + ": no such file or directory");
    assertThat(count.consumed()).containsExactly(SliceCount.UNREAD, Files.size(file));
  }

  @Test
  void a_file_that_no_longer_has_the_slice_is_reported() throws IOException {
    Path file = trace(folder.resolve("t.jsonl"), line("e1", "POL-001"), line("e2", "POL-002"));
    long size = Files.size(file);

    SliceCount half = count(new TraceSlice(file, size / 2, size + 1, EventTimes.ALL));
    SliceCount none = count(new TraceSlice(file, size + 5, size + 10, EventTimes.ALL));

    assertThat(perRule(half.report())).containsExactly(0L, 1L, 0L, 0L, 0L);
    assertThat(List.of(half, none))
        .allSatisfy(
            count -> {
              assertThat(count.consumed()).containsExactly(SliceCount.UNREAD);
              assertThat(count.report().problems())
                  .containsExactly(file + ": ends before it should: it became shorter");
            });
  }

  @Test
  void a_slice_of_a_gzip_file_is_one_of_its_text() throws IOException {
    String first = line("e1", "POL-001") + "\n";
    String second = line("e2", "POL-002") + "\n";
    Path file = folder.resolve("t.jsonl.gz");
    Files.write(file, zipped(first, second));
    long size = (long) first.length() + second.length();

    SliceCount all = count(whole(file));
    SliceCount rest = count(new TraceSlice(file, first.length(), TraceSlice.END, EventTimes.ALL));
    SliceCount beginning = count(new TraceSlice(file, 0, first.length() + 20, EventTimes.ALL));

    assertThat(perRule(all.report())).containsExactly(1L, 1L, 0L, 0L, 0L);
    assertThat(perRule(rest.report())).containsExactly(0L, 1L, 0L, 0L, 0L);
    assertThat(perRule(beginning.report())).containsExactly(1L, 0L, 0L, 0L, 0L);
    assertThat(all.consumed()).containsExactly(size);
    assertThat(rest.consumed()).containsExactly(size);
    assertThat(beginning.consumed()).containsExactly((long) first.length());
    assertThat(beginning.report().torn()).isEqualTo(1);
  }

  @Test
  void several_gzip_files_in_one_are_all_read_and_a_torn_one_as_far_as_it_goes()
      throws IOException {
    String first = line("e1", "POL-001") + "\n";
    ByteArrayOutputStream both = new ByteArrayOutputStream();
    both.write(zipped(first));
    both.write(zipped(line("e2", "POL-002") + "\n"));
    Path file = folder.resolve("no-such-name");
    Files.write(file, both.toByteArray());
    Path torn = folder.resolve("torn");
    byte[] bytes = zipped(line("e3", "POL-003") + "\n", "x".repeat(10) + "\n");
    Files.write(torn, Arrays.copyOf(bytes, bytes.length - 6));

    assertThat(perRule(count(whole(file)))).containsExactly(1L, 1L, 0L, 0L, 0L);
    SliceCount ofTorn = count(whole(torn));
    assertThat(ofTorn.report().unreadable()).isEqualTo(1);
    assertThat(ofTorn.report().problems()).last().asString().startsWith(torn + ": ");
  }

  @Test
  void a_file_that_is_one_array_is_read_as_such_and_behind_us() throws IOException {
    String array = "\n [\n" + line("e1", "POL-001") + ",\n" + line("e2", "POL-004") + "\n]\n ";
    Path file = Files.writeString(folder.resolve("a.json"), array);
    Path zipped = Files.write(folder.resolve("a.json.gz"), zipped(array));
    Path lines = Files.writeString(folder.resolve("b.jsonl"), "[]\n" + line("e3", "POL-005"));

    for (Path each : List.of(file, zipped)) {
      SliceCount count = count(whole(each));
      assertThat(perRule(count.report())).containsExactly(1L, 0L, 0L, 1L, 0L);
      assertThat(count.consumed()).containsExactly((long) array.length());
    }
    SliceCount ofLines = count(whole(lines));
    assertThat(perRule(ofLines.report())).containsExactly(0L, 0L, 0L, 0L, 1L);
    assertThat(ofLines.report().problems()).containsExactly(lines + ":1: not a JSON object");
    assertThat(ofLines.consumed()).containsExactly(Files.size(lines));
  }

  @Test
  void a_line_that_is_too_long_costs_itself_and_nothing_else() throws IOException {
    Path file = folder.resolve("t.jsonl");
    byte[] filler = "x".repeat(1 << 20).getBytes(StandardCharsets.US_ASCII);
    try (OutputStream out = Files.newOutputStream(file)) {
      out.write((line("e1", "POL-001") + "\n").getBytes(StandardCharsets.US_ASCII));
      for (int i = 0; i < 40; i++) {
        out.write(filler);
      }
      out.write(("\n" + line("e2", "POL-002") + "\n").getBytes(StandardCharsets.US_ASCII));
    }

    for (int threads : new int[] {1, 4}) {
      SliceCount count = COUNTER.on(threads).count(List.of(whole(file)));

      assertThat(perRule(count.report())).containsExactly(1L, 1L, 0L, 0L, 0L);
      assertThat(count.report().problems()).containsExactly(file + ":2: longer than 16 MiB");
      assertThat(count.consumed()).containsExactly(Files.size(file));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 200_000, 262_000, 300_000, 1_000_000, 5_000_000, 16_700_000})
  void a_long_line_is_read_like_a_short_one(int length) throws IOException {
    Path file = folder.resolve("t.jsonl");
    String before = line("e0", "POL-001");
    String padded = line("e1", "POL-002").replace("\"mail\"", "\"" + "x".repeat(length) + "\"");
    Files.writeString(file, before + "\n" + padded + "\n" + line("e2", "POL-003") + "\n");

    for (int threads : new int[] {1, 4}) {
      SliceCount count = COUNTER.on(threads).count(List.of(whole(file)));

      assertThat(perRule(count.report())).containsExactly(1L, 1L, 1L, 0L, 0L);
      assertThat(count.report().problems()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({"0, ''", "1, ''", "2, ''", "0, '\r'", "1, '\r'", "0, ' '", "0, '  '", "0, ' \r'"})
  void the_longest_line_is_as_long_as_for_every_reader(int more, String end) throws IOException {
    String event = "{\"event_type\": \"X\", \"a\": \"\"}";
    int padding = EventDecoder.MAX_LINE_BYTES - event.length() + more;
    String long1 = event.replace("\"\"", "\"" + "x".repeat(padding) + "\"") + end;
    String long2 = event.replace("\"\"", "\"" + "y".repeat(10 << 20) + "\"");
    for (String last : List.of("", "\n", "\n" + event + "\n")) {
      // A long line before it, so that there is room to hold more than a line may have.
      Path file = Files.writeString(folder.resolve("t.jsonl"), long2 + "\n" + long1 + last);
      ReadReport expected = TraceReader.heads(TraceSource.of(file), (head, at) -> true);

      CountReport report = count(whole(file)).report();

      assertThat(report.events()).isEqualTo(expected.events());
      assertThat(report.malformed()).isEqualTo(expected.malformed());
      assertThat(report.torn()).isEqualTo(expected.torn());
    }
  }

  @Test
  void problems_with_lines_of_a_slice_tell_their_offsets() throws IOException {
    String first = line("e1") + "\n";
    Path file = Files.writeString(folder.resolve("t.jsonl"), first + "\nno event\n\n{\"half");

    SliceCount count = count(new TraceSlice(file, first.length(), TraceSlice.END, EventTimes.ALL));

    assertThat(count.report().problems())
        .containsExactly(
            "%s, byte %d: not JSON: wrong near character 1".formatted(file, first.length() + 1),
            "%s, byte %d: torn last line".formatted(file, first.length() + 11));
  }

  @Test
  void a_slice_and_a_number_of_threads_that_cannot_be_are_refused() {
    assertThatThrownBy(() -> new TraceSlice(folder, -1, 5, EventTimes.ALL))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new TraceSlice(folder, 6, 5, EventTimes.ALL))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> COUNTER.on(0)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void an_interrupted_count_says_so_and_counts_nothing_by_halves() {
    Path file = trace(folder.resolve("t.jsonl"), line("e1", "POL-001"));

    Thread.currentThread().interrupt();
    try {
      assertThatThrownBy(() -> count(whole(file))).hasMessage("the count was interrupted");
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  private static TraceSlice whole(Path file) {
    return TraceSlice.whole(file, EventTimes.ALL);
  }

  private static SliceCount count(TraceSlice... slices) throws IOException {
    return COUNTER.count(List.of(slices));
  }

  private static List<Long> perRule(SliceCount count) {
    return perRule(count.report());
  }

  private static List<Long> perRule(CountReport report) {
    return List.copyOf(report.counts().byRule().values());
  }

  private static void append(Path file, String text) throws IOException {
    Files.writeString(file, text, StandardOpenOption.APPEND);
  }

  private static byte[] zipped(String... texts) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (OutputStream zip = new GZIPOutputStream(out)) {
      for (String text : texts) {
        zip.write(text.getBytes(StandardCharsets.UTF_8));
      }
    }
    return out.toByteArray();
  }
}
