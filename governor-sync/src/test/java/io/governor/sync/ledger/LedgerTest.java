package io.governor.sync.ledger;

import static io.governor.sync.ledger.Installation.POL_001;
import static io.governor.sync.ledger.Traces.append;
import static io.governor.sync.ledger.Traces.line;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.governor.RuleId;
import io.governor.sync.Alignment;
import io.governor.sync.CountedRange;
import io.governor.sync.DryRun;
import io.governor.sync.NoiseBudget;
import io.governor.sync.Postponed;
import io.governor.sync.RunOptions;
import io.governor.sync.RunReport;
import io.governor.sync.SentWindow;
import io.governor.sync.SyncException;
import io.governor.sync.SyncException.Kind;
import io.governor.sync.TimeWindow;
import io.governor.sync.ledger.FailingDisk.Crash;
import io.governor.sync.ledger.FailingDisk.Moment;
import io.governor.sync.ledger.SimulatedServer.Fate;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LedgerTest {

  private static final Instant NOON = Traces.NOON;

  @TempDir Path temp;

  private final FailingDisk disk = new FailingDisk();
  private Installation here;
  private Path trace;

  @BeforeEach
  void registered() throws SyncException {
    here = new Installation(temp, disk);
    trace = here.trace("a.jsonl");
  }

  @Test
  void windows_touch_and_take_late_and_future_events() throws SyncException {
    append(trace, line("1", NOON, "POL-001"));
    assertThat(window(here.run())).isEqualTo("2026-04-14T12:00:00Z..2026-04-15T08:00:00Z");

    append(trace, line("late", NOON.minusSeconds(86_400), "POL-001"));
    append(trace, line("future", NOON.plusSeconds(864_000), "POL-001"));
    append(trace, line("timeless").replace("2026-04-14T12:00:00.000Z", "some day"));
    here.now = here.now.plusMillis(3_500);

    assertThat(window(here.run())).isEqualTo("2026-04-15T08:00:00Z..2026-04-15T08:00:04Z");
    assertThat(here.sum()).isEqualTo(4);
  }

  @Test
  void a_clock_that_goes_back_makes_the_shortest_window_and_loses_nothing() throws SyncException {
    here.run();
    append(trace, line("1"));
    here.now = here.now.minusSeconds(30L * 86_400);

    assertThat(window(here.run())).isEqualTo("2026-04-15T08:00:00Z..2026-04-15T08:00:01Z");
    assertThat(here.sum()).isEqualTo(1);
  }

  @Test
  void nothing_new_is_a_window_of_zeros() throws SyncException {
    here.run();
    here.now = here.now.plusSeconds(60);
    here.run();

    assertThat(here.server.bodies()).hasSize(2);
    assertThat(here.sum()).isZero();
  }

  @Test
  void a_window_that_was_asked_for_counts_by_time_and_no_later_run_counts_that_again()
      throws SyncException {
    append(
        trace,
        line("in", NOON, "POL-001"),
        line("out", NOON.plusSeconds(3600), "POL-001"),
        line("timeless").replace("2026-04-14T12:00:00.000Z", "some day"));

    here.run(asked("2026-04-14T12:00:00Z..2026-04-14T13:00:00Z"));
    assertThat(here.sum()).isEqualTo(1);
    append(trace, line("late", NOON, "POL-001"));
    here.run();

    assertThat(here.sum()).isEqualTo(4);
  }

  @Test
  void a_window_that_overlaps_what_was_sent_is_refused_with_a_list() throws SyncException {
    append(trace, line("1", NOON, "POL-001"));
    here.run(asked("2026-04-10"));
    here.run();
    String sent = " 2026-04-10T00:00:00Z..2026-04-11T00:00:00Z 2026-04-14T12:00:00Z..2026-04-15";

    RunOptions days = asked("2026-04-09T00:00:00Z..2026-04-15T00:00:00Z");
    SyncException refused = refused(days);

    assertThat(refused.kind()).isEqualTo(Kind.INPUT);
    assertThat(refused).hasMessageStartingWith("the window overlaps what was sent:" + sent);
    DryRun preview = here.preview(days);
    assertThat(preview.overlapping()).hasSize(2);
    assertThat(preview.payload().countsByRule().of(POL_001)).isEqualTo(1);
  }

  @Test
  void no_two_windows_have_the_same_body() throws SyncException {
    here.run();
    append(trace, line("1", here.now.plusSeconds(5), "POL-001"));
    here.now = here.now.plusSeconds(60);
    here.run(asked("2026-04-15T08:00:00Z..2026-04-15T08:01:00Z"));
    append(trace, line("2", here.now.plusSeconds(6), "POL-001"));
    here.run();

    assertThat(here.server.bodies()).hasSize(3);
    assertThat(here.sum()).isEqualTo(2);
  }

  @Test
  void whole_days_let_the_day_that_is_not_over_wait() throws SyncException {
    RunOptions days = RunOptions.DEFAULT.alignedTo(Alignment.DAY);
    append(trace, line("1", NOON, "POL-001"), line("2", here.now.minusSeconds(9), "POL-001"));

    assertThat(window(here.run(days))).isEqualTo("2026-04-14T00:00:00Z..2026-04-15T00:00:00Z");
    assertThat(here.sum()).isEqualTo(1);
    RunReport none = here.run(days);
    assertThat(none.sent()).isEmpty();
    assertThat(none.postponed().until()).isEqualTo("2026-04-16T00:00:00Z");

    append(trace, line("late", NOON, "POL-001"));
    here.now = here.now.plusSeconds(86_400);
    assertThat(window(here.run(days))).isEqualTo("2026-04-15T00:00:00Z..2026-04-16T00:00:00Z");
    assertThat(here.sum()).isEqualTo(3);
  }

  @Test
  void a_registration_may_say_from_when_on_events_count() throws SyncException {
    new SyncStateFile(here.root, disk, java.time.Duration.ofMillis(1))
        .update(state -> state.withFrom(NOON));
    append(
        trace,
        line("before", NOON.minusSeconds(1), "POL-001"),
        line("from", NOON, "POL-001"),
        line("timeless").replace("2026-04-14T12:00:00.000Z", "some day"));

    assertThat(window(here.run())).isEqualTo("2026-04-14T12:00:00Z..2026-04-15T08:00:00Z");
    append(trace, line("late", NOON.minusSeconds(1), "POL-001"));
    here.now = here.now.plusSeconds(1);
    here.run();

    assertThat(here.sum()).isEqualTo(3);
  }

  @ParameterizedTest
  @EnumSource(
      value = Fate.class,
      names = {"NEVER_ARRIVES", "ANSWER_LOST", "SERVER_ERROR", "REFUSED"})
  void what_was_not_accepted_is_sent_again_byte_for_byte_before_anything_else(Fate fate)
      throws SyncException {
    append(trace, line("1"));
    here.server.fates(fate::ordinal);
    SyncException failure = refused(RunOptions.DEFAULT);
    append(trace, line("2"));
    here.now = here.now.plusSeconds(60);
    here.server.fates(Fate.ACCEPTED::ordinal);

    DryRun preview = here.preview(RunOptions.DEFAULT);
    RunReport report = here.run();

    assertThat(failure)
        .hasMessageEndingWith(
            "; the window 2026-04-14T12:00:00Z..2026-04-15T08:00:00Z waits, and the next run sends"
                + " it first");
    assertThat(here.server.requests()).hasSize(3);
    assertThat(here.server.requests().get(1)).isEqualTo(here.server.requests().get(0));
    assertThat(preview.first().body()).isEqualTo(here.server.requests().get(1));
    assertThat(new String(preview.payload().toJson(), StandardCharsets.US_ASCII))
        .isEqualTo(here.server.requests().get(2));
    assertThat(report.sent()).extracting(body -> body.attempts()).containsExactly(2L, 1L);
    assertThat(here.sum()).isEqualTo(2);
  }

  @ParameterizedTest
  @EnumSource(Moment.class)
  void a_crash_at_any_step_counts_everything_once(Moment moment) throws SyncException {
    int step = 0;
    boolean crashed = true;
    for (; crashed; step++) {
      append(trace, line("e" + step));
      crashed = crashes(step, moment);
      here.now = here.now.plusSeconds(60);
      here.run();
      assertThat(here.sum()).as("step %s", step).isEqualTo(step + 1);
    }

    assertThat(step).isGreaterThan(6);
    assertThat(here.ledger().history().stream().map(window -> window.sent().body()).toList())
        .isEqualTo(here.server.bodies());
  }

  private boolean crashes(int step, Moment moment) throws SyncException {
    disk.crashAt(step, moment);
    try {
      here.run();
      return false;
    } catch (Crash e) {
      return true;
    } finally {
      disk.neverCrash();
    }
  }

  @Test
  void the_history_has_every_body_and_what_it_stood_for() throws SyncException {
    append(trace, line("1"), line("2"));
    here.run(RunOptions.DEFAULT.withholdingBelow(5));
    here.server.fates(Fate.SERVER_ERROR::ordinal);
    append(trace, line("3"));
    here.now = here.now.plusSeconds(60);
    refused(RunOptions.DEFAULT);

    List<SentWindow> history = here.ledger().history();

    assertThat(history).extracting(window -> window.sent().number()).containsExactly(1L, 2L);
    long end = 2L * line("1").length();
    String path = trace.toString();
    assertThat(history.get(0).ranges()).containsExactly(new CountedRange(path, 0, end));
    assertThat(history.get(0).withheld()).isEqualTo(Map.of(POL_001, 2L));
    assertThat(history.get(0).sent().accepted()).isEqualTo("2026-04-15T08:00:00Z");
    assertThat(history.get(1).ranges())
        .containsExactly(new CountedRange(path, end, end + line("3").length()));
    assertThat(history.get(1).sent().accepted()).isNull();
    assertThat(history.get(1).sent().attempts()).isEqualTo(1);
    assertThat(history).extracting(window -> window.sent().body()).isEqualTo(requests());
  }

  @Test
  void a_history_that_is_not_what_was_written_is_said_to_be_so() throws Exception {
    append(trace, line("1"));
    here.run();
    Path file = here.root.resolve("sync/history.log");
    String written = Files.readString(file);

    Files.writeString(file, written.replace("POL-001\\\": 1", "POL-001\\\": 7"));
    assertThatThrownBy(() -> here.ledger().history())
        .isInstanceOf(SyncException.class)
        .hasMessage(file + ": window 1: its body is not the one that was sent");

    String cut =
        file
            + " is shorter than what was written to it: windows that were sent are missing from it;"
            + " what was counted is known all the same";
    Files.writeString(file, written.substring(0, written.length() - 30));
    assertThatThrownBy(() -> here.ledger().history()).hasMessage(cut);
    Files.delete(file);
    assertThatThrownBy(() -> here.ledger().history()).hasMessage(cut);

    append(trace, line("2"));
    here.now = here.now.plusSeconds(60);
    here.run();
    assertThat(here.ledger().history()).extracting(window -> window.sent().number()).contains(2L);
    assertThat(here.sum()).isEqualTo(2);
  }

  /** The new one counts its windows from 1 too, and its first was left out. */
  @Test
  void the_history_has_what_was_sent_before_a_new_beginning_and_after() throws Exception {
    append(trace, line("1"));
    here.run();
    Files.delete(here.root.resolve("sync-state.json"));
    here.register("inst_00000000-0000-4000-8000-00000000beef");
    append(trace, line("2"));
    here.now = here.now.plusSeconds(60);
    here.server.fates(Fate.SERVER_ERROR::ordinal);
    refused(RunOptions.DEFAULT);
    assertThat(here.ledger().history()).hasSize(2);
    here.server.fates(Fate.ACCEPTED::ordinal);
    here.run();

    List<SentWindow> history = here.ledger().history();

    assertThat(history).extracting(window -> window.sent().number()).containsExactly(1L, 1L, 2L);
    assertThat(history).extracting(window -> window.sent().body()).isSubsetOf(requests());
    assertThat(history).allMatch(window -> window.sent().accepted() != null);
  }

  private List<String> requests() {
    return here.server.requests();
  }

  @Test
  void small_counts_are_withheld_until_they_have_become_large() throws SyncException {
    RunOptions three = RunOptions.DEFAULT.withholdingBelow(3);
    List<Long> sent = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      append(trace, line("e" + i));
      here.now = here.now.plusSeconds(60);
      sent.add(SimulatedServer.counts(here.run(three).sent().get(0).body()).of(POL_001));
    }
    here.now = here.now.plusSeconds(60);
    here.run();

    assertThat(sent).containsExactly(0L, 0L, 3L, 0L, 0L);
    assertThat(here.sum()).isEqualTo(5);
  }

  @Test
  void noise_has_a_budget_for_each_day_and_a_window_is_not_drawn_twice() throws SyncException {
    NoiseBudget twice = new NoiseBudget(new BigDecimal("0.1"), new BigDecimal("0.2"));
    RunOptions noisy = RunOptions.DEFAULT.withNoise(twice);
    here.run(noisy);
    here.now = here.now.plusSeconds(60);
    byte[] foreseen = here.preview(noisy).payload().toJson();
    here.server.fates(Fate.ANSWER_LOST::ordinal);
    refused(noisy);
    here.server.fates(Fate.ACCEPTED::ordinal);
    here.now = here.now.plusSeconds(60);

    RunReport usedUp = here.run(noisy);

    assertThat(here.server.bodies()).hasSize(2);
    assertThat(here.server.bodies().get(1))
        .isEqualTo(new String(foreseen, StandardCharsets.US_ASCII));
    Postponed renewed =
        new Postponed(Instant.parse("2026-04-16T00:00:00Z"), Postponed.Reason.BUDGET_USED_UP);
    assertThat(usedUp.postponed()).isEqualTo(renewed);
    assertThat(usedUp.sent()).hasSize(1);
    assertThat(here.preview(noisy).postponed()).isEqualTo(renewed);
    here.now = here.now.minusSeconds(30L * 86_400);
    assertThat(here.run(noisy).postponed()).isEqualTo(renewed);
    here.now = Instant.parse("2026-04-16T00:00:00Z");
    here.run(noisy);
  }

  @Test
  void a_second_syncer_is_told_and_changes_nothing() throws SyncException {
    append(trace, line("1"));
    List<String> told = new ArrayList<>();
    here.ledger()
        .run(
            RunOptions.DEFAULT,
            here.sources(),
            state ->
                body -> {
                  told.add(String.valueOf(refused(RunOptions.DEFAULT).getMessage()));
                  return here.server.send(body);
                });

    assertThat(told).singleElement().asString().startsWith("another sync is under way: it holds ");
    assertThat(here.server.requests()).hasSize(1);
  }

  @Test
  void who_is_not_registered_sends_nothing_and_makes_no_file() {
    Path nowhere = temp.resolve("nowhere");
    Ledger ledger = Ledger.at(nowhere, () -> here.now, "1.2.3");

    SyncException refused =
        catchThrowableOfType(
            SyncException.class,
            () -> ledger.run(RunOptions.DEFAULT, List.of(), state -> here.server));

    assertThat(refused.kind()).isEqualTo(Kind.NOT_REGISTERED);
    assertThat(nowhere).doesNotExist();
  }

  @Test
  void a_body_that_is_not_the_one_that_was_stored_is_not_sent() throws Exception {
    append(trace, line("1"));
    here.server.fates(Fate.NEVER_ARRIVES::ordinal);
    refused(RunOptions.DEFAULT);
    Path state = here.root.resolve("sync-state.json");
    Files.writeString(
        state, Files.readString(state).replace("\\\"POL-001\\\": 1", "\\\"POL-001\\\": 0"));

    SyncException refused = refused(RunOptions.DEFAULT);

    assertThat(refused.kind()).isEqualTo(Kind.LOCAL_FILES);
    assertThat(refused).hasMessageContaining("the body is not the one that was stored");
    assertThat(here.server.requests()).hasSize(1);
  }

  @Test
  void positions_that_are_damaged_stop_everything() throws Exception {
    append(trace, line("1"));
    here.run();
    Path positions = here.root.resolve("sync/positions-1");
    byte[] bytes = Files.readAllBytes(positions);
    bytes[20]++;
    Files.write(positions, bytes);

    SyncException refused = refused(RunOptions.DEFAULT);

    assertThat(refused.kind()).isEqualTo(Kind.LOCAL_FILES);
    assertThat(refused).hasMessageContaining("nobody can tell what was counted");
  }

  @Test
  void all_files_are_their_owners_alone_and_nothing_is_left_over() throws Exception {
    here = new Installation(temp.resolve("real"));
    append(here.trace("a.jsonl"), line("1"));
    here.run();
    here.now = here.now.plusSeconds(60);
    here.run();

    List<String> found = new ArrayList<>();
    try (Stream<Path> all = Files.walk(here.root)) {
      for (Path path : all.sorted().toList()) {
        String mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
        found.add(here.root.relativize(path) + " " + mode);
      }
    }
    assertThat(found)
        .containsExactly(
            " rwx------",
            "sync rwx------",
            "sync-state.json rw-------",
            "sync/history.log rw-------",
            "sync/lock rw-------",
            "sync/positions-2 rw-------");
  }

  @Test
  void a_trace_is_needed_until_it_is_counted() throws Exception {
    append(trace, line("1"));
    Path other = here.trace("never-seen.jsonl");
    assertThat(here.ledger().traceUse().isNeeded(trace)).isTrue();
    here.run();
    assertThat(here.ledger().traceUse().isNeeded(trace)).isFalse();
    append(trace, line("2"));
    assertThat(here.ledger().traceUse().isNeeded(trace)).isTrue();
    assertThat(here.ledger().traceUse().isNeeded(other)).isTrue();

    here.server.fates(Fate.REFUSED::ordinal);
    refused(RunOptions.DEFAULT);
    assertThat(here.ledger().traceUse().isNeeded(trace)).isTrue();
    new SyncStateFile(here.root, disk, java.time.Duration.ofMillis(1))
        .update(state -> state.withSecret(null, null));
    assertThat(here.ledger().traceUse().isNeeded(trace)).isFalse();
  }

  @Test
  void a_file_that_looks_as_it_was_left_is_not_read() throws Exception {
    append(trace, line("1"));
    here.run();
    Positions left = PositionsCodec.read(Files.readAllBytes(here.root.resolve("sync/positions-1")));
    Positions settled = new Positions(settled(left.files()), left.contents());

    assertThat(survey(settled).foundNothingNew()).isTrue();

    append(trace, line("2"));
    assertThat(survey(settled).work()).hasSize(1);
  }

  private Survey survey(Positions before) throws SyncException {
    return Survey.of(before, TraceListing.of(here.sources()), Asked.EVERYTHING, Set.of());
  }

  private static Map<String, Located> settled(Map<String, Located> files) {
    Map<String, Located> settled = new java.util.LinkedHashMap<>();
    files.forEach(
        (path, file) -> {
          Stamp old = file.stamp();
          Stamp stamp = new Stamp(old.key(), old.size(), old.modified(), old.changed(), true);
          settled.put(path, new Located(path, stamp, file.content()));
        });
    return settled;
  }

  @Test
  void a_rule_that_is_no_longer_published_keeps_what_is_withheld() throws SyncException {
    RuleId own = RuleId.of("ACME-101");
    RunOptions three = RunOptions.DEFAULT.withholdingBelow(3).publishing(Set.of(own));
    append(trace, line("1", NOON, "ACME-101"));
    here.run(three);
    here.now = here.now.plusSeconds(60);
    here.run();
    here.now = here.now.plusSeconds(60);
    here.run(RunOptions.DEFAULT.publishing(Set.of(own)));

    assertThat(here.server.sum().of(own)).isEqualTo(1);
  }

  private static RunOptions asked(String window) throws SyncException {
    return RunOptions.DEFAULT.within(TimeWindow.parse(window));
  }

  private SyncException refused(RunOptions options) {
    return catchThrowableOfType(SyncException.class, () -> here.run(options));
  }

  private static String window(RunReport report) {
    return report.sent().get(report.sent().size() - 1).window().toString();
  }
}
