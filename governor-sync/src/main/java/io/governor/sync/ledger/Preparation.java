package io.governor.sync.ledger;

import io.governor.RuleId;
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
import java.util.List;
import java.util.SortedMap;

/**
 * A window that is ready to be sent, and what holds once it is. A run and a dry run make it with
 * the same function. Immutable.
 *
 * @param payload what is to be sent
 * @param window what it is about
 * @param asked whether the window was asked for
 * @param tally what was counted
 * @param carried what is withheld until later
 * @param noise what noise has cost with it
 * @param noisy whether noise was added
 */
record Preparation(
    SyncPayload payload,
    TimeWindow window,
    boolean asked,
    Tally tally,
    SortedMap<RuleId, Long> carried,
    NoiseAccount noise,
    boolean noisy) {

  /**
   * Makes one.
   *
   * @param state whose every window is accepted
   * @param positions how far traces are counted
   * @param seeds gives the seed of noise, 64 hex digits, should it have none yet, and the next one
   * @param again whether events count that were counted before
   */
  static Preparation of(
      SyncState state,
      Positions positions,
      RunOptions options,
      List<Path> sources,
      InstantSource clock,
      Seeds seeds,
      String runtimeVersion,
      boolean again)
      throws SyncException {
    LedgerState ledger = state.ledger();
    WindowMaker maker = WindowMaker.of(state, options.align());
    Instant now = clock.instant();
    LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
    NoiseAccount account = account(ledger, today, seeds);
    refuseIfUsedUp(account, options, today);
    Tally tally =
        Tally.of(
            positions,
            sources,
            asked(options, maker, now, again),
            RuleCounts.zero(options.published()),
            options.progress(),
            today.toEpochDay());
    Withholding withholding =
        Withholding.of(
            tally.report().counts(),
            ledger.carried(),
            options.minCount(),
            options.noise(),
            account.seed());
    TimeWindow asked = options.window();
    // The clock is read after the count, so that what was written meanwhile lies before now.
    Instant then = clock.instant();
    Instant counted = options.align() == null && then.isAfter(now) ? then : now;
    TimeWindow window = asked == null ? maker.window(tally.report(), counted) : asked;
    return new Preparation(
        new SyncPayload(
            state.installationId(),
            runtimeVersion,
            window.start(),
            window.end(),
            withholding.sent()),
        window,
        asked != null,
        tally,
        withholding.carried(),
        options.noise() == null ? account : account.charged(options.noise(), today, seeds.next()),
        options.noise() != null);
  }

  private static Asked asked(RunOptions options, WindowMaker maker, Instant now, boolean again) {
    TimeWindow window = options.window();
    return window == null
        ? new Asked(null, maker.cut(now), maker.notCounted(), false)
        : Asked.of(window, again);
  }

  private static NoiseAccount account(LedgerState ledger, LocalDate today, Seeds seeds) {
    NoiseAccount account = ledger.noise();
    return account == null
        ? new NoiseAccount(seeds.next(), today, java.math.BigDecimal.ZERO)
        : account;
  }

  private static void refuseIfUsedUp(NoiseAccount account, RunOptions options, LocalDate today)
      throws SyncException {
    if (options.noise() != null && account.isUsedUp(options.noise(), today)) {
      throw SyncException.input(
          "the day's budget of differential privacy is used up: nothing is sent before "
              + account.dayOf(today).plusDays(1)
              + "T00:00:00Z, and nothing is lost until then");
    }
  }
}
