package io.governor;

import static org.assertj.core.api.Assertions.assertThat;

import io.governor.CallCounters.Window;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clocks are set, by people and by time servers; limits hold all the same. */
class LimitClockTest {

  private static final Instant START = Instant.parse("2026-05-04T10:00:00Z");
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Window TWO = new Window("two", 2, MINUTE);

  @TempDir private Path folder;

  private Instant wall = START;
  private long nanos;

  /** A process of its own each time. */
  private boolean shared(Window window) {
    return runs(new SharedCallCounters(folder, () -> wall), window);
  }

  private boolean allRun(Window window, int calls) {
    boolean ran = true;
    for (int i = 0; i < calls; i++) {
      ran &= shared(window);
    }
    return ran;
  }

  private static boolean runs(CallCounters counters, Window window) {
    boolean[] ran = new boolean[1];
    counters.count(
        List.of(window),
        full -> {
          ran[0] = !full[0];
          return ran[0];
        });
    return ran[0];
  }

  @Test
  void inMemoryTheWallClockMovesNoWindow() {
    Rule rule =
        Rule.named("TST-001")
            .limit(new CallLimit(1, MINUTE, CallLimit.Scope.SESSION))
            .mode(Mode.ENFORCE)
            .deny();
    ToolCall call = ToolCall.of("x", ToolArguments.empty());
    try (Governor governor =
            Governor.builder()
                .trace(event -> {})
                .clock(() -> wall)
                .nanoTime(() -> nanos)
                .rules(rule)
                .build();
        GovernedSession session = governor.session().open()) {
      assertThat(session.before(call).refused()).isFalse();
      wall = wall.plus(Duration.ofDays(1));
      assertThat(session.before(call).refused()).as("a day ahead").isTrue();
      wall = wall.minus(Duration.ofDays(2));
      nanos += MINUTE.toNanos() - 1_000;
      assertThat(session.before(call).refused()).as("a microsecond before").isTrue();
      nanos += 1_000;
      assertThat(session.before(call).refused()).as("a minute later, a day back").isFalse();
    }
  }

  @Test
  void aClockThatWasADayAheadBlocksForOneWindowAndNotForADay() {
    wall = START.plus(Duration.ofDays(1));
    assertThat(allRun(TWO, 2)).isTrue();
    assertThat(shared(TWO)).isFalse();

    wall = START;
    assertThat(shared(TWO)).as("they happened just now").isFalse();
    wall = START.plus(MINUTE).minusMillis(1);
    assertThat(shared(TWO)).isFalse();
    wall = START.plus(MINUTE);
    assertThat(allRun(TWO, 2)).isTrue();
    assertThat(shared(TWO)).isFalse();
  }

  @Test
  void aClockThatFallsBackFreesNothing() {
    assertThat(shared(TWO)).isTrue();
    wall = START.minus(Duration.ofDays(1));
    assertThat(shared(TWO)).as("the second").isTrue();
    assertThat(shared(TWO)).isFalse();
    wall = wall.plus(MINUTE).minusMillis(1);
    assertThat(shared(TWO)).isFalse();
    wall = wall.plusMillis(1);
    assertThat(shared(TWO)).isTrue();
  }

  @Test
  void aSmallStepBackMovesNothing() {
    assertThat(shared(TWO)).isTrue();
    wall = START.minusMillis(WindowFile.AHEAD_MILLIS);
    assertThat(shared(TWO)).isTrue();
    wall = START.plus(MINUTE).minusMillis(1);
    assertThat(shared(TWO)).isFalse();
    wall = START.plus(MINUTE);
    assertThat(allRun(TWO, 2)).isTrue();
  }

  @Test
  void aFileFromAClockFarAheadGoesWhenItsCallsHaveLeftTheirWindow() {
    wall = START.plus(Duration.ofDays(40_000));
    assertThat(shared(TWO)).isTrue();
    wall = START;
    Window other = new Window("other", 1, MINUTE);
    assertThat(shared(other)).isTrue();
    wall = wall.plus(MINUTE).plus(MINUTE);
    assertThat(shared(new Window("third", 1, MINUTE))).isTrue();

    assertThat(folder.toFile().list((folder, name) -> name.endsWith(".calls"))).hasSize(1);
  }

  /**
   * What holds of any window of N calls. Real time only elapses; the clock that is seen may be set
   * now and then.
   */
  private static final class Law {
    private final Window window;
    private final long tolerance;
    private final Deque<Long> letThrough = new ArrayDeque<>();
    private final Deque<Long> setAhead = new ArrayDeque<>();
    private long blockedUntil = Long.MIN_VALUE;

    Law(Window window, long tolerance) {
      this.window = window;
      this.tolerance = tolerance;
    }

    private long length() {
      return window.within().toMillis();
    }

    void setBack(long real) {
      blockedUntil = Math.max(blockedUntil, real + length() + tolerance);
    }

    void call(long real, boolean ran, String where) {
      letThrough.removeIf(each -> each <= real - length());
      setAhead.removeIf(each -> each <= real - length());
      if (!ran) {
        assertThat(real).as(where).isLessThan(blockedUntil);
        return;
      }
      letThrough.add(real);
      blockedUntil = Math.max(blockedUntil, real + length() + tolerance);
      assertThat(letThrough.size())
          .as(where)
          .isLessThanOrEqualTo(window.calls() * (1 + setAhead.size()));
    }
  }

  @Test
  void neverMoreThanNInAWindowAndNeverBlockedLongerThanOneInMemory() {
    long seed = Long.getLong("governor.seed", System.nanoTime());
    SplittableRandom random = new SplittableRandom(seed);
    for (int round = 0; round < 200; round++) {
      Window window =
          new Window("k", 1 + random.nextInt(5), Duration.ofSeconds(1 + random.nextInt(5)));
      Law law = new Law(window, 0);
      long origin = random.nextLong();
      nanos = 0;
      CallCounters counters = new MemoryCallCounters(() -> (origin + nanos) / 1_000);
      for (int call = 0; call < 80; call++) {
        long real = call == 0 ? 0 : nanos / 1_000_000 + random.nextInt(900);
        nanos = TimeUnit.MILLISECONDS.toNanos(real);
        law.call(real, runs(counters, window), "seed " + seed + ", " + round + ", " + call);
      }
    }
  }

  /** Only a clock set ahead frees calls, which processes cannot tell from time that passed. */
  @Test
  void theSameHoldsOfAClockThatIsSetInMemory() {
    CallCounters[] counters = new CallCounters[1];
    clockIsSet(
        0,
        () -> {
          counters[0] =
              counters[0] == null ? new MemoryCallCounters(() -> micros(wall)) : counters[0];
          return counters[0];
        },
        200);
  }

  private static long micros(Instant instant) {
    return instant.toEpochMilli() * 1_000;
  }

  @Test
  void theSameHoldsOfAClockThatIsSetBetweenProcesses() {
    clockIsSet(WindowFile.AHEAD_MILLIS, () -> new SharedCallCounters(folder, () -> wall), 20);
  }

  private void clockIsSet(long tolerance, Supplier<CallCounters> counters, int rounds) {
    long seed = Long.getLong("governor.seed", System.nanoTime());
    SplittableRandom random = new SplittableRandom(seed);
    for (int round = 0; round < rounds; round++) {
      Window window =
          new Window("k" + round, 1 + random.nextInt(5), Duration.ofSeconds(1 + random.nextInt(5)));
      Law law = new Law(window, tolerance);
      long real = START.toEpochMilli();
      long offset = 0;
      for (int call = 0; call < 80; call++) {
        real += random.nextInt(900);
        if (random.nextInt(6) == 0) {
          long step = random.nextLong(-20_000, 20_000);
          offset += step;
          if (step > 0) {
            law.setAhead.add(real);
          } else {
            law.setBack(real);
          }
        }
        wall = Instant.ofEpochMilli(real + offset);
        law.call(real, runs(counters.get(), window), "seed " + seed + ", " + round + ", " + call);
      }
    }
  }
}
