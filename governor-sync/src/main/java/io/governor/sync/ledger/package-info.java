/**
 * What was sent and what it stood for, so that no event is ever counted in two windows: the
 * installation's state, how far each trace was counted, the window that waits for its answer, and
 * the history. Begin with {@link io.governor.sync.ledger.Ledger}.
 *
 * <p>Everything lies below the state root, owner-only: {@code sync-state.json}, which is replaced
 * in one step and is the only thing that decides; and the directory {@code sync} with what it names
 * ({@code positions-N}, {@code window-N}), the history, and the lock that whoever writes holds.
 */
@NullMarked
package io.governor.sync.ledger;

import org.jspecify.annotations.NullMarked;
