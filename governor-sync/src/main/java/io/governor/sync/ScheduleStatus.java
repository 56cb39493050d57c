package io.governor.sync;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a {@link SyncSchedule} fares. Immutable; safe to share between threads.
 *
 * @param on whether it is started and not closed
 * @param running whether a run is under way
 * @param next when the next run is due, or null when none is
 * @param lastEnd when the last run ended, or null when there was none
 * @param lastFailure why the last run failed, one sentence, or null when it did not
 * @param failuresInARow how many runs have failed since the last one that did not
 */
public record ScheduleStatus(
    boolean on,
    boolean running,
    @Nullable Instant next,
    @Nullable Instant lastEnd,
    @Nullable String lastFailure,
    long failuresInARow) {

  static final ScheduleStatus OFF = new ScheduleStatus(false, false, null, null, null, 0);
}
