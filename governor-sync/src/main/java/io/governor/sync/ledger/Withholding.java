package io.governor.sync.ledger;

import io.governor.RuleId;
import io.governor.sync.RuleCounts;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is sent of what was counted. Immutable.
 *
 * <p>First what was carried is added, then noise, if any, with 0 as the least, then what came out
 * below the minimum is withheld. That order is what keeps the promise of the noise: what is
 * withheld follows from the noisy number alone. What is carried is the exact count, not the noisy
 * one; so an occurrence that is carried is hidden by the noise of each window it goes through, and
 * costs each of them.
 *
 * @param sent the counts for the payload
 * @param carried what a later window has to add
 */
record Withholding(RuleCounts sent, SortedMap<RuleId, Long> carried) {

  static Withholding of(
      RuleCounts counted,
      SortedMap<RuleId, Long> carriedSoFar,
      long minCount,
      @Nullable WindowNoise noise) {
    SortedMap<RuleId, Long> sent = new TreeMap<>();
    // A rule that is not published now keeps what it has until it is.
    SortedMap<RuleId, Long> carried = new TreeMap<>(carriedSoFar);
    counted
        .byRule()
        .forEach(
            (rule, count) -> {
              long exact = plus(count, carriedSoFar.getOrDefault(rule, 0L));
              long shown = noise == null ? exact : noise.on(exact, rule);
              boolean withheld = shown > 0 && shown < minCount;
              sent.put(rule, withheld ? 0 : shown);
              if (withheld && exact > 0) {
                carried.put(rule, exact);
              } else {
                carried.remove(rule);
              }
            });
    return new Withholding(new RuleCounts(sent), carried);
  }

  private static long plus(long a, long b) {
    return b > Long.MAX_VALUE - a ? Long.MAX_VALUE : a + b;
  }
}
