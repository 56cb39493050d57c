package io.governor.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sending from time to time, with a time that the test moves. */
class SyncScheduleTest {

  private static final Duration HOUR = Duration.ofHours(1);

  private final ManualTimer timer = new ManualTimer();
  private final List<String> runs = new ArrayList<>();
  private SyncSchedule.Run run = () -> runs.add("run");

  private SyncSchedule schedule(Duration every) {
    return new SyncSchedule(every, () -> run.run(), timer, Seeds.random(), () -> timer);
  }

  @Test
  void nothing_is_due_before_it_is_started() {
    SyncSchedule schedule = schedule(HOUR);

    assertThat(timer.untilDue()).isNull();
    assertThat(schedule.status()).isEqualTo(ScheduleStatus.OFF);
    assertThatThrownBy(schedule::runNow).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void the_first_run_comes_within_the_interval_and_the_others_a_tenth_around_it() {
    SyncSchedule schedule = schedule(HOUR).start();

    assertThat(timer.untilDue()).isBetween(Duration.ZERO, HOUR);
    for (int i = 1; i <= 200; i++) {
      timer.next();
      assertThat(runs).hasSize(i);
      assertThat(timer.untilDue()).isBetween(Duration.ofMinutes(54), Duration.ofMinutes(66));
      assertThat(schedule.status().next()).isEqualTo(timer.instant().plus(timer.untilDue()));
    }
  }

  @Test
  void two_that_start_together_do_not_run_together() {
    SplittableRandom seeds = Seeds.random();
    List<Duration> first = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      ManualTimer own = new ManualTimer();
      new SyncSchedule(HOUR, () -> {}, own, seeds.split(), () -> own).start();
      first.add(own.untilDue());
    }

    assertThat(first).doesNotHaveDuplicates();
  }

  @Test
  void starting_twice_changes_nothing_and_a_closed_one_cannot_be_started() {
    SyncSchedule schedule = schedule(HOUR).start();
    Duration due = timer.untilDue();

    schedule.start();
    assertThat(timer.untilDue()).isEqualTo(due);
    schedule.close();
    schedule.close();

    assertThat(timer.closed).isTrue();
    assertThat(schedule.status().on()).isFalse();
    assertThat(schedule.status().next()).isNull();
    assertThatThrownBy(schedule::start).hasMessage("the schedule is closed");
    assertThatThrownBy(schedule::runNow).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void off_is_a_schedule_that_never_runs() {
    SyncSchedule off = schedule(null).start();

    assertThat(timer.untilDue()).isNull();
    assertThat(off.status().on()).isFalse();
    off.close();
  }

  @Test
  void a_failure_is_in_the_status_until_a_run_succeeds() {
    run =
        () -> {
          throw SyncException.exchange(
              SyncException.Kind.NETWORK, SyncException.Delivery.UNKNOWN, 1, "no way through");
        };
    SyncSchedule schedule = schedule(HOUR).start();

    timer.next();
    timer.next();
    assertThat(schedule.status().lastFailure()).isEqualTo("no way through");
    assertThat(schedule.status().failuresInARow()).isEqualTo(2);

    run = () -> runs.add("run");
    timer.next();
    assertThat(schedule.status().lastFailure()).isNull();
    assertThat(schedule.status().failuresInARow()).isZero();
    assertThat(schedule.status().lastEnd()).isEqualTo(timer.instant());
  }

  @Test
  void a_defect_ends_a_run_and_not_the_schedule() {
    run =
        () -> {
          throw new AssertionError("secret text");
        };
    SyncSchedule schedule = schedule(HOUR).start();

    timer.next();

    assertThat(schedule.status().lastFailure()).isEqualTo("a defect of governor: AssertionError");
    assertThat(timer.untilDue()).isNotNull();
  }

  @Test
  void who_asks_is_served_at_once_and_told_and_the_regular_run_moves() throws Exception {
    SyncSchedule schedule = schedule(HOUR).start();

    CompletableFuture<ScheduleStatus> asked = schedule.runNow().toCompletableFuture();
    CompletableFuture<ScheduleStatus> again = schedule.runNow().toCompletableFuture();
    assertThat(timer.untilDue()).isZero();
    timer.next();

    assertThat(runs).hasSize(1);
    assertThat(asked.get().lastEnd()).isEqualTo(timer.instant());
    assertThat(again).isCompleted();
    assertThat(timer.untilDue()).isGreaterThan(Duration.ofMinutes(53));
  }

  @Test
  void who_asks_during_a_run_gets_one_more_after_it() {
    SyncSchedule schedule = schedule(HOUR);
    List<CompletableFuture<ScheduleStatus>> asked = new ArrayList<>();
    run =
        () -> {
          runs.add("run");
          if (runs.size() == 1) {
            asked.add(schedule.runNow().toCompletableFuture());
            asked.add(schedule.runNow().toCompletableFuture());
            assertThat(timer.untilDue()).as("single flight").isNull();
            assertThat(schedule.status().running()).isTrue();
          }
        };
    schedule.start();

    timer.next();
    assertThat(asked).noneMatch(CompletableFuture::isDone);
    assertThat(timer.untilDue()).isZero();
    timer.next();

    assertThat(runs).hasSize(2);
    assertThat(asked).allMatch(CompletableFuture::isDone);
    assertThat(timer.untilDue()).isGreaterThan(Duration.ofMinutes(53));
  }

  @Test
  void closing_tells_those_who_wait() {
    SyncSchedule schedule = schedule(HOUR).start();
    CompletableFuture<ScheduleStatus> asked = schedule.runNow().toCompletableFuture();

    schedule.close();

    assertThat(asked).isCompletedExceptionally();
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT4M59S", "PT24H0.001S", "PT0S", "-PT10M"})
  void an_interval_out_of_bounds_is_refused(String interval) {
    assertThatThrownBy(() -> SyncSchedule.every(Duration.parse(interval), () -> {}))
        .hasMessage("expected an interval from 5 minutes to 24 hours");
  }

  @Test
  @Timeout(60)
  void the_real_thread_is_a_daemon_that_is_there_only_while_started() throws Exception {
    CountDownLatch under = new CountDownLatch(1);
    AtomicInteger interrupted = new AtomicInteger();
    SyncSchedule schedule =
        SyncSchedule.every(
            HOUR,
            () -> {
              under.countDown();
              try {
                new CountDownLatch(1).await();
              } catch (InterruptedException e) {
                interrupted.incrementAndGet();
              }
            });
    assertThat(threads()).isEmpty();

    schedule.start().runNow();
    assertThat(under.await(30, TimeUnit.SECONDS)).isTrue();
    assertThat(threads()).hasSize(1).allMatch(Thread::isDaemon);
    schedule.close();

    assertThat(interrupted).hasValue(1);
    assertThat(threads()).noneMatch(Thread::isAlive);
  }

  private static List<Thread> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("governor-sync"))
        .toList();
  }
}
