package io.governor.sync;

import static io.governor.sync.Events.NOON;
import static io.governor.sync.Events.event;
import static io.governor.sync.Events.line;
import static io.governor.sync.Events.trace;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.governor.RuleId;
import io.governor.trace.TraceSource;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TraceCounterTest {

  private static final TraceCounter COUNTER = TraceCounter.ofStandardRules();

  @TempDir Path folder;

  @Test
  void an_occurrence_is_one_rule_id_in_one_event() throws SyncException {
    Path file =
        trace(
            folder.resolve("t.jsonl"),
            line("e1"),
            line("e2", "POL-001"),
            line("e3", "POL-001", "POL-003"),
            line("e4").replace("\"policy_violations\": []", twice("POL-005")));

    CountReport report = count(file);

    assertThat(perRule(report)).containsExactly(2L, 0L, 1L, 0L, 1L);
    assertThat(report.events()).isEqualTo(4);
    assertThat(report.problems()).isEmpty();
  }

  @Test
  void advisory_flags_and_violations_elsewhere_in_an_event_are_no_occurrences()
      throws SyncException {
    Path file =
        trace(
            folder.resolve("t.jsonl"),
            line("e1").replace("\"advisory_flags\": []", "\"advisory_flags\": [\"POL-001\"]"),
            line("e2")
                .replace("\"payload\": {", "\"payload\": {\"policy_violations\": [\"POL-001\"], "));

    assertThat(perRule(count(file))).containsOnly(0L);
  }

  @Test
  void nothing_read_is_zero_for_every_published_rule() throws SyncException {
    CountReport report = TraceCounter.of(List.of(RuleId.of("ACME-101"))).count(List.of());

    assertThat(report.counts()).isEqualTo(RuleCounts.zero(List.of(RuleId.of("ACME-101"))));
    assertThat(report.earliest()).isNull();
    assertThat(report.latest()).isNull();
  }

  @Test
  void only_published_rules_are_counted_by_name() throws SyncException {
    Path file =
        trace(
            folder.resolve("t.jsonl"),
            line("e1", "POL-001", "ACME-101", "ACME-102"),
            line("e2", "ACME-101", "pol-001", "any text at all"));

    CountReport report =
        TraceCounter.of(List.of(RuleId.of("ACME-101"))).count(List.of(TraceSource.of(file)));

    assertThat(report.counts().of(RuleId.of("POL-001"))).isEqualTo(1);
    assertThat(report.counts().of(RuleId.of("ACME-101"))).isEqualTo(2);
    assertThat(report.counts().byRule()).hasSize(6);
    assertThat(report.unpublished()).isEqualTo(3);
  }

  @Test
  void a_copied_file_counts_once() throws SyncException {
    String[] lines = {line("e1", "POL-001"), line("e2"), line("e3", "POL-002")};
    trace(folder.resolve("a/t.jsonl"), lines);
    trace(folder.resolve("b/copy.jsonl"), lines);

    CountReport report = count(folder);

    assertThat(perRule(report)).containsExactly(1L, 1L, 0L, 0L, 0L);
    assertThat(report.events()).isEqualTo(6);
    assertThat(report.duplicates()).isEqualTo(2);
  }

  @Test
  void an_event_that_is_met_through_several_sources_counts_once() throws SyncException {
    Path file = trace(folder.resolve("t.jsonl"), line("e1", "POL-001"));

    CountReport report =
        COUNTER.count(
            List.of(
                TraceSource.of(folder),
                TraceSource.of(file),
                TraceSource.of("stdin", stream(line("e1", "POL-001")))));

    assertThat(perRule(report)).containsExactly(1L, 0L, 0L, 0L, 0L);
    assertThat(report.events()).as("of the file, which is read once, and the stream").isEqualTo(2);
    assertThat(report.duplicates()).isEqualTo(1);
  }

  @Test
  void the_same_event_id_in_another_session_is_another_event() throws SyncException {
    Path file =
        trace(
            folder.resolve("t.jsonl"),
            line(event("s1", "e", NOON, "POL-001")),
            line(event("s2", "e", NOON, "POL-001")));

    CountReport report = count(file);

    assertThat(perRule(report)).containsExactly(2L, 0L, 0L, 0L, 0L);
    assertThat(report.duplicates()).isZero();
  }

  @Test
  void of_copies_that_differ_the_one_read_first_counts() throws SyncException {
    trace(folder.resolve("a.jsonl"), line("e1", "POL-001"));
    trace(folder.resolve("b.jsonl"), line("e1", "POL-002", "POL-003"));

    assertThat(perRule(count(folder))).containsExactly(1L, 0L, 0L, 0L, 0L);
  }

  @Test
  void lines_without_an_event_id_cannot_be_copies_of_one_another() throws SyncException {
    String line = line("e1", "POL-001").replace("\"event_id\": \"e1\", ", "");
    Path file = trace(folder.resolve("t.jsonl"), line, line);

    CountReport report = count(file);

    assertThat(perRule(report)).containsExactly(2L, 0L, 0L, 0L, 0L);
    assertThat(report.unidentified()).isEqualTo(2);
    assertThat(report.duplicates()).isZero();
  }

  @Test
  void a_window_takes_events_by_their_own_time() throws SyncException {
    Path file =
        trace(
            folder.resolve("t.jsonl"),
            line(event("s", "e1", NOON.minusMillis(1), "POL-001")),
            line(event("s", "e2", NOON, "POL-002")),
            line(event("s", "e3", NOON.plusSeconds(60).minusMillis(1), "POL-003")),
            line(event("s", "e4", NOON.plusSeconds(60), "POL-004")),
            line(event("s", "e5", NOON)).replace("2026-04-14T12:00:00.000Z", "some time"));

    CountReport report =
        COUNTER
            .within(new TimeWindow(NOON, NOON.plusSeconds(60)))
            .count(List.of(TraceSource.of(file)));

    assertThat(perRule(report)).containsExactly(0L, 1L, 1L, 0L, 0L);
    assertThat(report.outsideWindow()).isEqualTo(2);
    assertThat(report.withoutTime()).isEqualTo(1);
    assertThat(report.earliest()).isEqualTo(NOON);
    assertThat(report.latest()).isEqualTo(NOON.plusSeconds(60).minusMillis(1));
  }

  @Test
  void a_copy_outside_the_window_does_not_hide_the_event_inside_it() throws SyncException {
    Path file =
        trace(
            folder.resolve("t.jsonl"),
            line(event("s", "e1", NOON.minusSeconds(1), "POL-001")),
            line(event("s", "e1", NOON, "POL-001")));

    CountReport report =
        COUNTER
            .within(new TimeWindow(NOON, NOON.plusSeconds(60)))
            .count(List.of(TraceSource.of(file)));

    assertThat(perRule(report)).containsExactly(1L, 0L, 0L, 0L, 0L);
    assertThat(report.duplicates()).isZero();
  }

  @Test
  void without_a_window_events_without_a_time_count_and_are_reported() throws SyncException {
    Path file =
        trace(
            folder.resolve("t.jsonl"),
            line("e1", "POL-001").replace("2026-04-14T12:00:00.000Z", "some time"));

    CountReport report = count(file);

    assertThat(perRule(report)).containsExactly(1L, 0L, 0L, 0L, 0L);
    assertThat(report.withoutTime()).isEqualTo(1);
    assertThat(report.earliest()).isNull();
  }

  @Test
  void events_without_violations_widen_the_span_too() throws SyncException {
    Path file =
        trace(
            folder.resolve("t.jsonl"),
            line(event("s", "e2", NOON.plusSeconds(5))),
            line(event("s", "e1", NOON, "POL-001")),
            line(event("s", "e0", NOON.minusSeconds(5))));

    CountReport report = count(file);

    assertThat(report.earliest()).isEqualTo(NOON.minusSeconds(5));
    assertThat(report.latest()).isEqualTo(NOON.plusSeconds(5));
  }

  @Test
  void a_line_that_is_no_event_costs_exactly_itself() throws SyncException {
    String good = line("e", "POL-001");
    for (String bad : BAD_LINES) {
      Path file =
          trace(folder.resolve("t.jsonl"), line("e1", "POL-001"), bad, line("e2", "POL-001"), good);

      CountReport report = count(file);

      assertThat(perRule(report)).as(bad).containsExactly(3L, 0L, 0L, 0L, 0L);
      assertThat(report.malformed()).as(bad).isEqualTo(1);
      assertThat(report.problems()).singleElement().asString().startsWith(file + ":2: ");
    }
  }

  private static final List<String> BAD_LINES =
      List.of(
          "{",
          "not json",
          "\"POL-001\"",
          "17",
          "null",
          "[\"POL-001\"]",
          "{\"policy_violations\": [\"POL-001\"]}",
          "{\"event_type\": 7, \"policy_violations\": [\"POL-001\"]}",
          line("e9", "POL-001") + "}",
          line("e9", "POL-001") + line("e8", "POL-001"),
          "{\"event_type\": \"X\", \"event_id\": \"a\", \"event_id\": \"b\"}");

  @Test
  void a_torn_last_line_is_reported_as_such() throws SyncException, IOException {
    Path file = trace(folder.resolve("t.jsonl"), line("e1", "POL-001"), line("e2", "POL-001"));
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(whole, whole.length - 40));

    CountReport report = count(file);

    assertThat(perRule(report)).containsExactly(1L, 0L, 0L, 0L, 0L);
    assertThat(report.torn()).isEqualTo(1);
    assertThat(report.malformed()).isZero();
    assertThat(report.problems()).containsExactly(file + ":2: torn last line");
  }

  @Test
  void a_pretty_printed_array_and_a_stream_are_read_like_lines() throws SyncException {
    String array =
        "[\n"
            + line("e1", "POL-001").replace(", ", ",\n  ")
            + ",\n"
            + line("e2", "POL-004")
            + "\n]";
    Path file = trace(folder.resolve("flow.json"), array);

    CountReport fromFile = count(file);
    CountReport fromStream = COUNTER.count(List.of(TraceSource.of("stdin", stream(array))));

    assertThat(perRule(fromFile)).containsExactly(1L, 0L, 0L, 1L, 0L);
    assertThat(fromStream.counts()).isEqualTo(fromFile.counts());
  }

  @Test
  void a_path_to_nothing_is_bad_input_and_named() {
    Path missing = folder.resolve("no-such.jsonl");

    SyncException refusal = catchThrowableOfType(SyncException.class, () -> count(missing));

    assertThat(refusal)
        .hasMessage(
            "cannot read "
                + missing
                + ": no such file or directory; a source is a trace file, a directory with *.jsonl"
                + " files below it, or a stream");
    assertThat(refusal.kind()).isEqualTo(SyncException.Kind.INPUT);
  }

  @Test
  void a_file_that_may_not_be_read_is_named() throws IOException {
    Path file = trace(folder.resolve("t.jsonl"), line("e1"));
    Files.setPosixFilePermissions(file, Set.of());
    assumeFalse(Files.isReadable(file), "skipped: permissions do not bind this user");

    SyncException failure = catchThrowableOfType(SyncException.class, () -> count(file));

    assertThat(failure).hasMessage("cannot read " + file + ": permission denied");
    assertThat(failure.kind()).isEqualTo(SyncException.Kind.INPUT);
  }

  @Test
  void a_source_that_breaks_off_is_named() {
    InputStream breaking =
        new FilterInputStream(stream(line("e1", "POL-001"))) {
          @Override
          public int read(byte[] bytes, int offset, int length) throws IOException {
            int read = super.read(bytes, offset, length);
            if (read < 0) {
              throw new IOException("the pipe is gone");
            }
            return read;
          }
        };

    SyncException failure =
        catchThrowableOfType(
            SyncException.class, () -> COUNTER.count(List.of(TraceSource.of("stdin", breaking))));

    assertThat(failure).hasMessage("cannot read stdin: the pipe is gone");
    assertThat(failure.kind()).isEqualTo(SyncException.Kind.INPUT);
  }

  @Test
  void a_file_below_a_directory_that_cannot_be_opened_is_passed_over_and_reported()
      throws SyncException, IOException {
    trace(folder.resolve("b.jsonl"), line("e1", "POL-001"));
    Path gone = folder.resolve("a.jsonl");
    Files.createSymbolicLink(gone, folder.resolve("vanished"));

    CountReport report = count(folder);

    assertThat(perRule(report)).containsExactly(1L, 0L, 0L, 0L, 0L);
    assertThat(report.unreadable()).isEqualTo(1);
    assertThat(report.problems()).singleElement().asString().startsWith(gone + ": ");
  }

  @Test
  void tells_how_far_it_has_come() throws SyncException, IOException {
    List<String> lines =
        IntStream.range(0, 10_000).mapToObj(i -> line("e" + i, "POL-001")).toList();
    Path a = trace(folder.resolve("a.jsonl"), lines);
    Path b = trace(folder.resolve("b.jsonl"), lines);
    Path c = trace(folder.resolve("c.jsonl.1"), lines);
    trace(folder.resolve("d.state"), lines);
    long total = Files.size(a) + Files.size(b) + Files.size(c);
    List<Map.Entry<Long, Long>> told = new ArrayList<>();

    COUNTER
        .reportingTo((read, of) -> told.add(Map.entry(read, of)))
        .count(List.of(TraceSource.of(folder), TraceSource.of(b)));

    assertThat(told).hasSizeGreaterThan((int) (total >> 20) - 1);
    assertThat(told).extracting(Map.Entry::getValue).containsOnly(total);
    assertThat(told).extracting(Map.Entry::getKey).isSorted().last().isEqualTo(total);
    assertThat(told.get(0).getKey()).isBetween(1L << 20, (1L << 20) + 1_000);
  }

  @Test
  void the_total_is_unknown_when_a_stream_is_among_the_sources() throws SyncException {
    List<Map.Entry<Long, Long>> told = new ArrayList<>();
    String line = line("e1", "POL-001");

    COUNTER
        .reportingTo((read, of) -> told.add(Map.entry(read, of)))
        .count(List.of(TraceSource.of("stdin", stream(line))));

    assertThat(told).containsExactly(Map.entry((long) line.length(), -1L));
  }

  private static CountReport count(Path... paths) throws SyncException {
    return COUNTER.count(Stream.of(paths).map(TraceSource::of).toList());
  }

  /** The counts of POL-001 to POL-005. */
  private static List<Long> perRule(CountReport report) {
    return List.copyOf(report.counts().byRule().values());
  }

  private static String twice(String ruleId) {
    return "\"policy_violations\": [\"%s\", \"%s\"]".formatted(ruleId, ruleId);
  }

  private static InputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }
}
