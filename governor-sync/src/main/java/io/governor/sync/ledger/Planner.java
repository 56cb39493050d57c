package io.governor.sync.ledger;

import io.governor.sync.NoiseBudget;
import io.governor.sync.Postponed;
import io.governor.sync.RuleCounts;
import io.governor.sync.RunOptions;
import io.governor.sync.SyncException;
import io.governor.sync.SyncPayload;
import io.governor.sync.TimeWindow;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether there is a window to send, and makes it. A run and a dry run ask the same
 * planner, so that they come to the same. Immutable.
 *
 * @param basis what holds before the window
 * @param options what was asked for
 * @param clock says when now is
 * @param runtimeVersion for the payload
 */
record Planner(Basis basis, RunOptions options, InstantSource clock, String runtimeVersion) {

  /**
   * Looks at a window that was asked for.
   *
   * @throws SyncException of kind {@code INPUT} if it is not one of whole seconds that are over
   */
  void refuseUnusableWindow() throws SyncException {
    TimeWindow asked = options.window();
    if (asked == null) {
      return;
    }
    if (!asked.isOfWholeSeconds()) {
      throw SyncException.input(
          "the window " + asked + " has a fraction of a second; windows are of whole seconds");
    }
    Instant latest = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    if (asked.end().isAfter(latest)) {
      throw SyncException.input(
          "the window "
              + asked
              + " ends in the future, and what is still to happen cannot be counted; the latest"
              + " end is now, "
              + latest);
    }
  }

  /** What was sent already of the window that was asked for. */
  List<TimeWindow> overlapping() {
    TimeWindow asked = options.window();
    return asked == null ? List.of() : Windows.overlapping(basis.ledger().sent(), asked);
  }

  /** Why there is no window now, or null when there is one. */
  @Nullable Postponed postponed() {
    Instant now = clock.instant();
    Instant due = options.window() == null ? maker().nothingBefore(now) : null;
    if (due != null) {
      return new Postponed(due, Postponed.Reason.NOT_DUE);
    }
    NoiseBudget budget = options.noise();
    NoiseAccount account = basis.ledger().noise();
    return budget != null && account.isUsedUp(budget, day(now))
        ? new Postponed(account.renewal(), Postponed.Reason.BUDGET_USED_UP)
        : null;
  }

  /** Whether noise was asked for that there is no seed for yet. */
  boolean isNoiseToCome() {
    return options.noise() != null && basis.noiseSeed() == null;
  }

  /**
   * Counts, and makes the window.
   *
   * @param positions how far traces are counted
   * @param again whether events count that were counted before
   */
  Preparation prepare(Positions positions, List<Path> sources, boolean again) throws SyncException {
    Instant now = clock.instant();
    Tally tally =
        Tally.of(
            positions,
            sources,
            asked(now, again),
            RuleCounts.zero(options.published()),
            options.progress(),
            day(now).toEpochDay());
    TimeWindow window = window(tally, now);
    Withholding withholding =
        Withholding.of(
            tally.report().counts(), basis.ledger().carried(), options.minCount(), noise(window));
    return new Preparation(
        new SyncPayload(
            basis.installationId(),
            runtimeVersion,
            window.start(),
            window.end(),
            withholding.sent()),
        window,
        options.window() != null,
        tally,
        withholding.carried(),
        charged(now),
        options.noise() != null);
  }

  private WindowMaker maker() {
    return WindowMaker.of(basis, options.align());
  }

  private Asked asked(Instant now, boolean again) {
    TimeWindow window = options.window();
    return window == null
        ? new Asked(null, maker().cut(now), maker().notCounted(), false)
        : Asked.of(window, again);
  }

  private TimeWindow window(Tally tally, Instant before) {
    TimeWindow asked = options.window();
    if (asked != null) {
      return asked;
    }
    // The clock is read after the count, so that what was written meanwhile lies before now.
    Instant now = clock.instant();
    Instant end = options.align() == null && now.isAfter(before) ? now : before;
    return maker().window(tally.report(), end);
  }

  private @Nullable WindowNoise noise(TimeWindow window) {
    NoiseBudget budget = options.noise();
    String seed = basis.noiseSeed();
    if (budget == null || seed == null) {
      return null;
    }
    return options.window() == null
        ? WindowNoise.ofNext(budget.epsilon(), seed, window)
        : WindowNoise.ofAsked(budget.epsilon(), seed, window);
  }

  private NoiseAccount charged(Instant now) {
    NoiseBudget budget = options.noise();
    NoiseAccount account = basis.ledger().noise();
    return budget == null ? account : account.charged(budget, day(now));
  }

  private static LocalDate day(Instant now) {
    return LocalDate.ofInstant(now, ZoneOffset.UTC);
  }
}
