package io.governor.trace;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When the events of a file happened. Immutable.
 *
 * @param events how many there are
 * @param withoutTime how many of them have no readable time
 * @param earliest the earliest time, or null when no event has one
 * @param latest the latest time, or null when no event has one
 */
public record FileTimes(
    long events, long withoutTime, @Nullable Instant earliest, @Nullable Instant latest) {

  /** Whether none of its events has a time from {@code start} on and before {@code end}. */
  public boolean isOutside(Instant start, Instant end) {
    return earliest == null || latest == null || !earliest.isBefore(end) || latest.isBefore(start);
  }
}
