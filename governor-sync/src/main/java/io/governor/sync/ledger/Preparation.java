package io.governor.sync.ledger;

import io.governor.RuleId;
import io.governor.sync.SyncPayload;
import io.governor.sync.TimeWindow;
import java.util.SortedMap;

/**
 * A window that is ready to be sent, and what holds once it is. Immutable.
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
    boolean noisy) {}
