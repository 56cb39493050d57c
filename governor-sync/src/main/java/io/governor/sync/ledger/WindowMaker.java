package io.governor.sync.ledger;

import io.governor.sync.Alignment;
import io.governor.sync.CountReport;
import io.governor.sync.TimeWindow;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes the windows that nobody asked for, in whole seconds or coarser. They touch: each starts
 * where the last one ended, the first with its earliest event, or with the second, hour or day from
 * which on the registration lets events count. Each ends now; but a clock that went back cannot
 * turn a window around, which then is as short as can be and follows the last one. Immutable.
 *
 * @param until where the last one ended, or null before the first
 * @param from events before it do not count in the first one; null when all do
 * @param align how coarse they are
 * @param taken windows that were sent and that this one must not be like, because the server takes
 *     the same bytes for the same window
 */
record WindowMaker(
    @Nullable Instant until,
    @Nullable Instant from,
    @Nullable Alignment align,
    List<TimeWindow> taken) {

  static WindowMaker of(Basis basis, @Nullable Alignment align) {
    LedgerState ledger = basis.ledger();
    return new WindowMaker(ledger.until(), basis.from(), align, ledger.asked());
  }

  private static final Instant FIRST = Instant.parse("0000-01-01T00:00:00Z");
  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

  private ChronoUnit unit() {
    return align == null ? ChronoUnit.SECONDS : align.unit();
  }

  private Duration step() {
    return unit().getDuration();
  }

  /** The time before which nothing counts: that before the first window's start. */
  @Nullable TimeWindow notCounted() {
    return until == null && from != null && from.isAfter(FIRST)
        ? new TimeWindow(FIRST, from)
        : null;
  }

  /** The instant whose events, and all later ones, wait; null when none do. */
  @Nullable Instant cut(Instant now) {
    return align == null ? null : now.truncatedTo(unit());
  }

  /** When there will be a window; null when there is one now. */
  @Nullable Instant nothingBefore(Instant now) {
    Instant start = until == null ? from : until;
    if (start == null || (align == null && !(until == null && start.isAfter(now)))) {
      return null;
    }
    if (align == null) {
      return start;
    }
    Instant due = start.truncatedTo(unit()).plus(step());
    return due.isAfter(now) ? due : null;
  }

  /** The window of what was counted. */
  TimeWindow window(CountReport report, Instant now) {
    TimeWindow window = next(report, now);
    while (taken.contains(window)) {
      window = new TimeWindow(window.start(), window.end().plus(step()));
    }
    return window;
  }

  private TimeWindow next(CountReport report, Instant now) {
    Instant end = align == null ? ceiling(now) : now.truncatedTo(unit());
    end = end.isAfter(LAST) ? LAST : end;
    Instant start = start(report, end);
    return new TimeWindow(start, start.isBefore(end) ? end : start.plusSeconds(1));
  }

  private Instant start(CountReport report, Instant end) {
    if (until != null) {
      return until;
    }
    Instant start = from != null ? from.truncatedTo(unit()) : first(report.earliest(), end);
    return start.isBefore(FIRST) ? FIRST : start;
  }

  private Instant first(@Nullable Instant earliest, Instant end) {
    Instant last = end.minus(step());
    Instant start = earliest == null ? last : earliest.truncatedTo(unit());
    return start.isBefore(last) ? start : last;
  }

  private static Instant ceiling(Instant instant) {
    Instant floor = instant.truncatedTo(ChronoUnit.SECONDS);
    return floor.equals(instant) ? instant : floor.plusSeconds(1);
  }
}
