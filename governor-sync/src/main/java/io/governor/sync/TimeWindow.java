package io.governor.sync;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * A span of time, half-open: it begins with {@code start} and ends just before {@code end}, so that
 * windows that touch share no instant and leave none out. Always UTC, within the years 0000 to
 * 9999, which is what RFC 3339 can write. Immutable; safe to share between threads.
 *
 * @param start the first instant inside
 * @param end the first instant after it that is outside
 */
public record TimeWindow(Instant start, Instant end) {

  static final Instant FIRST = Instant.parse("0000-01-01T00:00:00Z");
  static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999999Z");

  /**
   * @throws IllegalArgumentException if the end is not after the start, or a bound is outside the
   *     years 0000 to 9999
   */
  public TimeWindow {
    if (!start.isBefore(end)) {
      throw new IllegalArgumentException(
          start.equals(end)
              ? "it is empty: it ends where it starts, and the end is exclusive"
              : "it ends before it starts");
    }
    if (start.isBefore(FIRST) || end.isAfter(LAST)) {
      throw new IllegalArgumentException("it leaves the years 0000 to 9999");
    }
  }

  /**
   * Reads a window as it is written on a command line: {@code START..END}, two RFC 3339 instants
   * such as {@code 2026-04-14T00:00:00Z..2026-04-15T00:00:00Z}; a day such as {@code 2026-04-14};
   * or a month such as {@code 2026-04}. An instant has whole seconds and {@code Z} or an offset
   * such as {@code +02:00}, which is turned into UTC.
   *
   * @throws SyncException of kind {@code INPUT} for anything else; it says what would be accepted
   */
  public static TimeWindow parse(String text) throws SyncException {
    return WindowText.parse(text);
  }

  /** Whether both bounds are whole seconds, as those of every window that is sent. */
  public boolean isOfWholeSeconds() {
    return isWholeSecond(start) && isWholeSecond(end);
  }

  static boolean isWholeSecond(Instant instant) {
    return instant.equals(instant.truncatedTo(ChronoUnit.SECONDS));
  }

  /** Whether the instant lies inside. */
  public boolean contains(Instant instant) {
    return !instant.isBefore(start) && instant.isBefore(end);
  }

  /**
   * A remark for whoever wrote a window that ends within the last second of a minute, such as
   * {@code 23:59:59Z}: that second is outside, which is rarely meant.
   */
  public Optional<String> note() {
    if (end.atOffset(ZoneOffset.UTC).getSecond() != 59) {
      return Optional.empty();
    }
    Instant next = Instant.ofEpochSecond(end.getEpochSecond() + 1);
    return Optional.of(
        "the window ends just before "
            + end
            + ", so the last second before "
            + next
            + " is outside; to include it, end the window at "
            + next);
  }

  /** {@code START..END}, as {@link #parse} reads it. */
  @Override
  public String toString() {
    return start + ".." + end;
  }
}
