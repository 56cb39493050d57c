package io.governor;

import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

/**
 * Counts calls in windows that slide. Safe for use by several threads.
 *
 * <p>A call leaves its window one window length after it was counted, by the clock that the
 * counters go by. Where that clock was set back, calls that seem to lie ahead count as made at the
 * first look since: none is freed early, and none stays longer than one length from there.
 */
interface CallCounters {

  /**
   * A window of calls that are counted together.
   *
   * @param key whose calls these are
   * @param calls how many fill it
   * @param within its length
   */
  record Window(String key, int calls, Duration within) {}

  /**
   * Says which windows are full, and counts the call in all of them if it is let through, with
   * nothing in between.
   *
   * @param letThrough is told under the lock which windows are full, in their order, and says
   *     whether to count
   */
  void count(List<Window> windows, Predicate<boolean[]> letThrough);
}
