package io.governor.sync.ledger;

import io.governor.RuleId;
import io.governor.sync.TimeWindow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How far it was counted. Immutable.
 *
 * @param accepted how many windows the server has accepted
 * @param positions the name of the file that says how far each trace is counted, or null when
 *     nothing is
 * @param until where the last window ended that was not asked for, or null before the first
 * @param sent the spans of time that were sent, ascending, apart
 * @param asked those windows that were asked for and that one that is not could still be like, so
 *     that no two bodies are ever the same
 * @param carried occurrences that were counted and withheld; they are sent with a later window
 * @param noise what keeps noise to its budget
 * @param historyBytes how long the history was once the last window was in it
 * @param pending the window whose acceptance is not known
 */
record LedgerState(
    long accepted,
    @Nullable String positions,
    @Nullable Instant until,
    List<TimeWindow> sent,
    List<TimeWindow> asked,
    SortedMap<RuleId, Long> carried,
    NoiseAccount noise,
    long historyBytes,
    @Nullable PendingWindow pending) {

  static final LedgerState NEW =
      new LedgerState(
          0, null, null, List.of(), List.of(), new TreeMap<>(), NoiseAccount.NEW, 0, null);

  LedgerState {
    sent = List.copyOf(sent);
    asked = List.copyOf(asked);
    carried = new TreeMap<>(carried);
  }

  LedgerState waitingFor(PendingWindow newPending) {
    return new LedgerState(
        accepted, positions, until, sent, asked, carried, noise, historyBytes, newPending);
  }

  /** What holds once the window that waits is accepted, and in the history. */
  LedgerState accepted(PendingWindow window, long newHistoryBytes) {
    Instant newUntil = window.asked() ? until : window.window().end();
    return new LedgerState(
        window.number(),
        window.positions() == null ? positions : window.positions(),
        newUntil,
        Windows.plus(sent, window.window()),
        askedSince(newUntil, window),
        window.carried(),
        window.noise(),
        newHistoryBytes,
        null);
  }

  /** What holds once nothing waits any more. */
  LedgerState afterPending() {
    return pending == null ? this : accepted(pending, historyBytes);
  }

  private List<TimeWindow> askedSince(@Nullable Instant newUntil, PendingWindow window) {
    List<TimeWindow> all = new ArrayList<>(asked);
    if (window.asked()) {
      all.add(window.window());
    }
    all.removeIf(old -> newUntil != null && old.start().isBefore(newUntil));
    return all;
  }
}
