package io.governor.sync;

import io.governor.RuleId;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One window of the history: what was sent and what it stood for. It stays on the machine.
 * Immutable; safe to share between threads.
 *
 * @param sent the body
 * @param ranges what it was counted from
 * @param losses what was not counted, then or ever, because nobody can tell whether it was before
 * @param withheld occurrences that were counted, and withheld until a later window
 * @param noisy whether noise was added
 */
public record SentWindow(
    SentBody sent,
    List<CountedRange> ranges,
    List<DeclaredLoss> losses,
    SortedMap<RuleId, Long> withheld,
    boolean noisy) {

  public SentWindow {
    ranges = List.copyOf(ranges);
    losses = List.copyOf(losses);
    withheld = Collections.unmodifiableSortedMap(new TreeMap<>(withheld));
  }
}
