package io.governor;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;

/** Counts calls in windows that slide. Safe for use by several threads. */
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
   * @param letThrough is told which windows are full, in their order, and says whether to count
   */
  void count(List<Window> windows, Instant now, Predicate<boolean[]> letThrough);
}
