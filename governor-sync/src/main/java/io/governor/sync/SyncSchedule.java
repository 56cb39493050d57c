package io.governor.sync;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the counts of an installation from time to time, for a host that wants it. Off unless the
 * host starts it and the configuration says how often ({@code sync.schedule.every}). While it is
 * started there is one daemon thread; there is none before and none after.
 *
 * <p>The first run comes at a random moment within the first interval, the others an interval after
 * the last one ended, a tenth more or less, so that a fleet that was started together does not send
 * together. No two runs of a schedule ever overlap, and other processes are kept apart by the sync
 * state's own lock. A run that fails is tried again at the next time; the first failure in a row is
 * logged at WARN, the others at DEBUG, and {@link #status} has the last one.
 *
 * <p>Safe for use by several threads. It never throws into the host while running.
 */
public final class SyncSchedule implements AutoCloseable {

  /** The shortest interval. */
  public static final Duration SHORTEST = Duration.ofMinutes(5);

  /** The longest interval. */
  public static final Duration LONGEST = Duration.ofHours(24);

  private static final Duration BOUND = Duration.ofSeconds(5);

  private final @Nullable Duration every;
  private final Run run;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final Supplier<ScheduleTimer> timers;

  // All below guarded by this.
  private @Nullable ScheduleTimer timer;
  private boolean closed;
  private ScheduleStatus status = ScheduleStatus.OFF;
  private @Nullable CompletableFuture<ScheduleStatus> underWay;
  private @Nullable CompletableFuture<ScheduleStatus> asked;

  /** One run; what it comes to is in the sync state. */
  @FunctionalInterface
  public interface Run {

    /**
     * Sends what is new.
     *
     * @throws SyncException if it could not
     */
    void run() throws SyncException;
  }

  SyncSchedule(
      @Nullable Duration every,
      Run run,
      InstantSource clock,
      RandomGenerator random,
      Supplier<ScheduleTimer> timers) {
    this.every = every;
    this.run = run;
    this.clock = clock;
    this.random = random;
    this.timers = timers;
  }

  /**
   * A schedule of any kind of run.
   *
   * @throws IllegalArgumentException if the interval is shorter than 5 minutes or longer than 24
   *     hours
   */
  public static SyncSchedule every(Duration interval, Run run) {
    if (interval.compareTo(SHORTEST) < 0 || interval.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("expected an interval from 5 minutes to 24 hours");
    }
    return of(interval, run);
  }

  /**
   * The runs of a client, as often as its configuration says.
   *
   * @throws SyncException if the configuration is refused
   */
  public static SyncSchedule of(SyncClient client) throws SyncException {
    return of(client.interval(), () -> client.run());
  }

  private static SyncSchedule of(@Nullable Duration interval, Run run) {
    return new SyncSchedule(
        interval, run, InstantSource.system(), new SplittableRandom(), ThreadTimer::new);
  }

  /**
   * Starts it, unless it is off; once more changes nothing.
   *
   * @return this
   * @throws IllegalStateException if it is closed
   */
  public synchronized SyncSchedule start() {
    if (closed) {
      throw new IllegalStateException("the schedule is closed");
    }
    if (every != null && timer == null) {
      timer = timers.get();
      plan(fraction(every, 0, 1));
    }
    return this;
  }

  /**
   * Asks for a run now. While one is under way there is one more after it, whatever the number of
   * those who ask, because that one may have begun before what the asker wants sent.
   *
   * @return what came of it; it ends with a CancellationException when the schedule is closed
   *     before
   * @throws IllegalStateException if it is not started, is off, or is closed
   */
  public synchronized CompletionStage<ScheduleStatus> runNow() {
    if (timer == null) {
      throw new IllegalStateException("the schedule is not started, or it is off");
    }
    if (asked == null) {
      asked = new CompletableFuture<>();
      if (underWay == null) {
        plan(Duration.ZERO);
      }
    }
    return asked.minimalCompletionStage();
  }

  /** How it fares. */
  public synchronized ScheduleStatus status() {
    return status;
  }

  private synchronized void plan(Duration delay) {
    if (timer != null) {
      Instant next = clock.instant().plus(delay);
      status = changed(underWay != null, next);
      timer.in(delay, this::runOnce);
    }
  }

  private ScheduleStatus changed(boolean running, @Nullable Instant next) {
    return new ScheduleStatus(
        timer != null,
        running,
        next,
        status.lastEnd(),
        status.lastFailure(),
        status.failuresInARow());
  }

  private Duration fraction(Duration interval, double from, double to) {
    return Duration.ofMillis((long) (interval.toMillis() * random.nextDouble(from, to)));
  }

  private void runOnce() {
    if (begun()) {
      ended(failureOfARun());
    }
  }

  private synchronized boolean begun() {
    if (timer == null) {
      return false;
    }
    underWay = asked == null ? new CompletableFuture<>() : asked;
    asked = null;
    status = changed(true, null);
    return true;
  }

  /** Why the run failed, or null. */
  private @Nullable String failureOfARun() {
    try {
      run.run();
      return null;
    } catch (SyncException e) {
      return String.valueOf(e.getMessage());
    } catch (Throwable e) {
      // Whatever it is, the next run may do better, and the host has no part in it.
      return "a defect of governor: " + e.getClass().getSimpleName();
    }
  }

  private void ended(@Nullable String failure) {
    CompletableFuture<ScheduleStatus> done = note(failure);
    if (done != null) {
      done.complete(status());
    }
  }

  private synchronized @Nullable CompletableFuture<ScheduleStatus> note(@Nullable String failure) {
    CompletableFuture<ScheduleStatus> done = underWay;
    underWay = null;
    long failures = failure == null ? 0 : status.failuresInARow() + 1;
    status = new ScheduleStatus(timer != null, false, null, clock.instant(), failure, failures);
    if (timer != null) {
      tell(failure, failures);
    }
    if (every != null) {
      plan(asked == null ? fraction(every, 0.9, 1.1) : Duration.ZERO);
    }
    return done;
  }

  private static void tell(@Nullable String failure, long failures) {
    if (failures == 1) {
      Log.LOG.warn("a scheduled sync failed and is tried again: {}", failure);
    } else if (failures > 1) {
      Log.LOG.debug("a scheduled sync failed again: {}", failure);
    }
  }

  /**
   * Stops it: the thread is interrupted and waited for no longer than five seconds. A send that was
   * under way is taken up by the next run, of whichever process. Once more changes nothing.
   */
  @Override
  public void close() {
    ScheduleTimer stopping;
    CompletableFuture<ScheduleStatus> unmet;
    synchronized (this) {
      closed = true;
      stopping = timer;
      unmet = asked;
      timer = null;
      asked = null;
      status = changed(status.running(), null);
    }
    if (unmet != null) {
      unmet.cancel(false);
    }
    if (stopping != null) {
      stopping.close(BOUND);
    }
  }

  /** Made when there is something to say: a run that nobody scheduled asks for the bounds only. */
  private static final class Log {
    static final Logger LOG = LoggerFactory.getLogger(SyncSchedule.class);
  }
}
