package io.governor.sync.ledger;

import static io.governor.sync.ledger.Traces.append;
import static io.governor.sync.ledger.Traces.line;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.governor.sync.Alignment;
import io.governor.sync.CountedRange;
import io.governor.sync.DryRun;
import io.governor.sync.Postponed;
import io.governor.sync.RunOptions;
import io.governor.sync.RunReport;
import io.governor.sync.SentBody;
import io.governor.sync.SyncException;
import io.governor.sync.SyncException.Kind;
import io.governor.sync.TimeWindow;
import io.governor.sync.ledger.SimulatedServer.Fate;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which windows a run makes and refuses, and what it says of those that are not due. */
class WindowsOfARunTest {

  private static final RunOptions DAYS = RunOptions.DEFAULT.alignedTo(Alignment.DAY);

  @TempDir Path temp;

  private Installation here;

  @BeforeEach
  void registered() throws SyncException {
    here = new Installation(temp);
  }

  private SyncException refused(RunOptions options) {
    return catchThrowableOfType(SyncException.class, () -> here.run(options));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2026-04-15T07:00:00Z | 2026-04-15T08:00:01Z |  ends in the future, and what is still to"
            + " happen cannot be counted; the latest end is now, 2026-04-15T08:00:00Z",
        "2026-04-14T00:00:00.5Z | 2026-04-15T00:00:00Z |  has a fraction of a second; windows are"
            + " of whole seconds",
        "2026-04-14T00:00:00Z | 2026-04-14T23:59:59.999999999Z |  has a fraction of a second;"
            + " windows are of whole seconds",
      })
  void what_is_no_window_is_refused_before_anything_is_sent(
      Instant start, Instant end, String reason) throws SyncException {
    here.now = here.now.plusMillis(999);
    here.server.fates(Fate.NEVER_ARRIVES::ordinal);
    refused(RunOptions.DEFAULT);
    here.server.fates(Fate.ACCEPTED::ordinal);
    RunOptions options = RunOptions.DEFAULT.within(new TimeWindow(start, end));

    SyncException refused = refused(options);
    SyncException refusedDry =
        catchThrowableOfType(SyncException.class, () -> here.preview(options));

    assertThat(refused.kind()).isEqualTo(Kind.INPUT);
    assertThat(refused).hasMessage("the window " + start + ".." + end + " " + reason.strip());
    assertThat(refusedDry).hasMessage(refused.getMessage());
    assertThat(here.server.requests()).hasSize(1);
  }

  @Test
  void a_window_may_end_with_the_second_that_has_just_begun() throws SyncException {
    here.now = here.now.plusMillis(999);
    TimeWindow latest =
        new TimeWindow(
            Instant.parse("2026-04-15T07:00:00Z"), Instant.parse("2026-04-15T08:00:00Z"));

    assertThat(here.run(RunOptions.DEFAULT.within(latest)).sent())
        .extracting(SentBody::window)
        .containsExactly(latest);
  }

  @Test
  void a_run_that_has_nothing_due_and_its_dry_run_say_when_there_is() throws SyncException {
    here.run(DAYS);
    Postponed tomorrow =
        new Postponed(Instant.parse("2026-04-16T00:00:00Z"), Postponed.Reason.NOT_DUE);

    DryRun shown = here.preview(DAYS);
    RunReport report = here.run(DAYS);

    assertThat(shown.postponed()).isEqualTo(tomorrow);
    assertThat(shown.payload()).isNull();
    assertThat(shown.body()).isNull();
    assertThat(report.postponed()).isEqualTo(tomorrow);
    assertThat(report.sent()).isEmpty();
    assertThat(report.report()).isEqualTo(shown.report());
  }

  @ParameterizedTest
  @CsvSource({
    ", 2026-04-14T12:00:00Z, 2026-04-15T08:00:00Z",
    "HOUR, 2026-04-14T12:00:00Z, 2026-04-15T08:00:00Z",
    "DAY, 2026-04-14T00:00:00Z, 2026-04-15T00:00:00Z",
  })
  void the_first_window_starts_with_the_second_hour_or_day_in_which_events_begin_to_count(
      Alignment align, Instant start, Instant end) throws SyncException {
    Instant from = Traces.NOON.plusMillis(417);
    from(from);
    append(
        here.trace("a.jsonl"),
        line("before", from.minusMillis(1), "POL-001"),
        line("from", from, "POL-001"));

    SentBody sent = here.run(RunOptions.DEFAULT.alignedTo(align)).sent().get(0);

    assertThat(sent.window()).isEqualTo(new TimeWindow(start, end));
    assertThat(here.sum()).isEqualTo(1);
  }

  @Test
  void a_registration_for_the_future_is_waited_for_and_one_for_now_is_not() throws SyncException {
    from(here.now);
    assertThat(here.preview(RunOptions.DEFAULT).payload().windowEnd())
        .isEqualTo(here.now.plusSeconds(1));
    Instant later = here.now.plusSeconds(3600);
    from(later);

    assertThat(here.run().postponed()).isEqualTo(new Postponed(later, Postponed.Reason.NOT_DUE));
  }

  private void from(Instant from) throws SyncException {
    new SyncStateFile(here.root, here.disk, Duration.ofMillis(1))
        .update(state -> state.withFrom(from));
  }

  @Test
  void the_history_of_an_aligned_window_names_the_files_that_had_events_in_it()
      throws SyncException {
    String old = line("1", Traces.NOON, "POL-001") + line("quiet", Traces.NOON);
    append(here.trace("counted.jsonl"), old);
    append(here.trace("today.jsonl"), line("2", here.now.minusSeconds(60), "POL-001"));
    append(here.trace("nothing.jsonl"), "no event\n");

    here.run(DAYS);
    here.now = here.now.plusSeconds(86_400);
    here.run(DAYS);

    assertThat(ranges(0))
        .containsExactly(new CountedRange(here.trace("counted.jsonl").toString(), 0, old.length()));
    assertThat(ranges(1))
        .extracting(CountedRange::file)
        .containsExactly(here.trace("today.jsonl").toString());
    assertThat(here.sum()).isEqualTo(2);
  }

  private List<CountedRange> ranges(int window) throws SyncException {
    return here.ledger().history().get(window).ranges();
  }

  @Test
  void every_attempt_is_counted_and_none_that_was_not_made() throws SyncException {
    assertThat(attemptsAfter(0)).isZero();
    assertThat(attemptsAfter(4)).isEqualTo(4);
    assertThat(attemptsAfter(1)).isEqualTo(5);

    RunReport report = here.ledger().run(RunOptions.DEFAULT, here.sources(), state -> body -> 3);

    assertThat(report.sent()).extracting(SentBody::attempts).containsExactly(8L, 3L);
    assertThat(here.ledger().history())
        .extracting(window -> window.sent().attempts())
        .containsExactly(8L, 3L);
  }

  private long attemptsAfter(int failed) {
    Sender sender =
        body -> {
          throw SyncException.exchange(
              Kind.NETWORK, SyncException.Delivery.UNKNOWN, failed, "no answer");
        };
    SyncException told =
        catchThrowableOfType(
            SyncException.class,
            () -> here.ledger().run(RunOptions.DEFAULT, here.sources(), state -> sender));
    assertThat(told.attempts()).isEqualTo(failed);
    try {
      return here.preview(RunOptions.DEFAULT).first().attempts();
    } catch (SyncException e) {
      throw new AssertionError(e);
    }
  }
}
