package io.governor.sync.ledger;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a window is made on, registered or not. Its {@code toString} hides the seed. Immutable.
 *
 * @param installationId or null before there is one
 * @param noiseSeed what noise is drawn from, or null before there is one
 * @param from events before it do not count in the first window; null when all do
 * @param ledger how far it was counted, with no window waiting
 */
record Basis(
    @Nullable String installationId,
    @Nullable String noiseSeed,
    @Nullable Instant from,
    LedgerState ledger) {

  /** That of a run that begins now; a window that waits is accepted before it makes another. */
  static Basis of(@Nullable SyncState state) {
    if (state == null) {
      return new Basis(null, null, null, LedgerState.NEW);
    }
    return new Basis(
        state.installationId(), state.noiseSeed(), state.from(), state.ledger().afterPending());
  }

  @Override
  public String toString() {
    return "Basis[" + installationId + "]";
  }
}
