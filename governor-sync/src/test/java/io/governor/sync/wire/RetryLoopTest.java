package io.governor.sync.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.governor.sync.Endpoint;
import io.governor.sync.SyncException;
import io.governor.sync.SyncException.Delivery;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryLoopTest {

  private static final Endpoint HERE = Exchanges.endpoint("https://example.org");

  private final FakePace pace = new FakePace();
  private final RetryBudget budget = new RetryBudget(pace);
  private final RetryLoop loop = new RetryLoop(HERE, Deadlines.DEFAULT, pace, budget);
  private final Queue<AttemptFailed> failures = new ArrayDeque<>();
  private final List<Duration> allowed = new ArrayList<>();

  private String attempt(Duration within) throws AttemptFailed {
    allowed.add(within);
    AttemptFailed failure = failures.poll();
    if (failure != null) {
      throw failure;
    }
    return "done";
  }

  private SyncException refusal(Operation operation) {
    return catchThrowableOfType(SyncException.class, () -> loop.run(operation, this::attempt));
  }

  private static AttemptFailed broken(Delivery delivery) {
    return AttemptFailed.without(delivery, true, "it broke");
  }

  private static AttemptFailed busy(String retryAfter) {
    return AttemptFailed.with(
        503,
        StatusRule.of(Operation.SYNC, 503),
        RetryAfter.of(List.of(retryAfter), FakePace.START));
  }

  @Test
  void what_works_is_not_repeated() throws Exception {
    assertThat(loop.run(Operation.SYNC, this::attempt)).isEqualTo(new RetryLoop.Done<>("done", 1));
    assertThat(allowed).containsExactly(Duration.ofSeconds(10));
    assertThat(pace.pauses).isEmpty();
  }

  @Test
  void pauses_double_and_three_retries_are_all() {
    for (int i = 0; i < 9; i++) {
      failures.add(broken(Delivery.NOT_SENT));
    }

    assertThat(refusal(Operation.SYNC))
        .hasMessage(HERE + ": it broke, the last of 4 attempts; nothing was sent");
    assertThat(pace.pauses).hasToString("[PT0.5S, PT1S, PT2S]");
  }

  @Test
  void the_whole_range_of_a_pause_is_drawn_from() {
    Duration most = Duration.ofMillis(500);

    assertThat(IntStream.range(0, 1_000).mapToObj(i -> Pace.REAL.upTo(most)))
        .allMatch(pause -> !pause.isNegative() && pause.compareTo(most) <= 0)
        .anyMatch(pause -> pause.toMillis() < 50)
        .anyMatch(pause -> pause.toMillis() > 450);
  }

  @Test
  void one_attempt_of_which_nobody_knows_leaves_the_whole_unknown() {
    failures.add(broken(Delivery.UNKNOWN));
    failures.add(AttemptFailed.without(Delivery.NOT_SENT, false, "its name leads nowhere"));

    SyncException refusal = refusal(Operation.SYNC);

    assertThat(refusal.delivery()).isEqualTo(Delivery.UNKNOWN);
    assertThat(refusal)
        .hasMessage(
            HERE
                + ": its name leads nowhere, the last of 2 attempts; nobody can tell whether the"
                + " counts arrived, and sent again they count once");
  }

  @Test
  void a_registration_is_repeated_only_if_it_certainly_did_not_count() {
    failures.add(broken(Delivery.NOT_SENT));
    failures.add(broken(Delivery.UNKNOWN));

    assertThat(refusal(Operation.REGISTER))
        .hasMessage(
            HERE
                + ": it broke, the last of 2 attempts; nobody can tell whether the registration"
                + " arrived");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 | PT0.5S",
        "3 | PT3S",
        "'  7 ' | PT7S",
        "Tue, 14 Apr 2026 12:00:05 GMT | PT5S",
        "Tue, 14 Apr 2026 11:00:00 GMT | PT0.5S",
        "soon | PT0.5S",
        "-5 | PT0.5S",
        "1.5 | PT0.5S",
        "1e3 | PT0.5S",
        "'' | PT0.5S"
      })
  void a_wish_that_fits_is_granted_and_what_is_none_is_not(String wish, Duration pause)
      throws Exception {
    failures.add(busy(wish));

    assertThat(loop.run(Operation.SYNC, this::attempt)).isEqualTo(new RetryLoop.Done<>("done", 2));
    assertThat(pace.pauses).containsExactly(pause);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "25 | it asks to wait 25 s",
        "3600 | it asks to wait 3600 s",
        "86400 | it asks to wait 86400 s",
        "86401 | it asks to wait for more than a day, which is not heeded",
        "999999999999999999999999 | it asks to wait for more than a day, which is not heeded",
        "Tue, 14 Apr 2026 13:00:00 GMT | it asks to wait 3600 s",
        "Fri, 31 Dec 9999 23:59:59 GMT | it asks to wait for more than a day, which is not heeded",
      })
  void a_wish_that_does_not_fit_is_told_and_not_waited_for(String wish, String told) {
    failures.add(busy(wish));

    assertThat(refusal(Operation.SYNC))
        .hasMessage(
            HERE
                + ": the server is in trouble (HTTP 503); "
                + told
                + "; nobody can tell whether the counts arrived, and sent again they count once");
    assertThat(pace.pauses).isEmpty();
  }

  @Test
  void two_wishes_are_none() {
    assertThat(RetryAfter.of(List.of("3", "4"), FakePace.START)).isEqualTo(RetryAfter.NONE);
  }

  @Test
  void attempts_get_the_time_that_is_left_and_end_with_it() {
    for (int i = 0; i < 4; i++) {
      failures.add(broken(Delivery.UNKNOWN));
    }
    SyncException refusal =
        catchThrowableOfType(
            SyncException.class,
            () ->
                loop.run(
                    Operation.SYNC,
                    within -> {
                      pace.pass(within);
                      return attempt(within);
                    }));

    assertThat(refusal).hasMessageContaining("the last of 3 attempts");
    assertThat(allowed).hasToString("[PT10S, PT10S, PT3.5S]");
    assertThat(pace.nanoTime()).isEqualTo(Duration.ofSeconds(25).toNanos());
  }

  @Test
  void a_process_makes_ten_retries_at_once_and_one_more_a_minute() {
    assertThat(taken(20)).isEqualTo(10);
    pace.pass(Duration.ofSeconds(59));
    assertThat(taken(20)).isZero();
    pace.pass(Duration.ofSeconds(1));
    assertThat(taken(20)).isEqualTo(1);
    pace.pass(Duration.ofMinutes(5));
    assertThat(taken(20)).isEqualTo(5);
    pace.pass(Duration.ofDays(365));
    assertThat(taken(20)).isEqualTo(10);
  }

  private int taken(int wanted) {
    int taken = 0;
    for (int i = 0; i < wanted; i++) {
      taken += budget.take() ? 1 : 0;
    }
    return taken;
  }

  @Test
  void without_budget_the_first_failure_is_the_last() {
    taken(10);
    failures.add(broken(Delivery.NOT_SENT));

    assertThat(refusal(Operation.SYNC)).hasMessage(HERE + ": it broke; nothing was sent");
  }

  @Test
  void an_interrupt_ends_a_pause_and_stays() {
    Pace interrupted =
        new Pace() {
          @Override
          public long nanoTime() {
            return pace.nanoTime();
          }

          @Override
          public Instant now() {
            return pace.now();
          }

          @Override
          public void sleep(Duration pause) throws InterruptedException {
            throw new InterruptedException();
          }

          @Override
          public Duration upTo(Duration most) {
            return most;
          }
        };
    failures.add(broken(Delivery.NOT_SENT));

    assertThatThrownBy(
            () ->
                new RetryLoop(HERE, Deadlines.DEFAULT, interrupted, budget)
                    .run(Operation.SYNC, this::attempt))
        .hasMessage(HERE + ": it broke; nothing was sent");
    assertThat(Thread.interrupted()).isTrue();
  }
}
