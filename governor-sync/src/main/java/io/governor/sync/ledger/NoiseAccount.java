package io.governor.sync.ledger;

import io.governor.sync.NoiseBudget;
import java.math.BigDecimal;
import java.time.LocalDate;

/**
 * What noise has cost on a day, and the seed of the next window's noise. Its {@code toString} hides
 * the seed. Immutable.
 *
 * @param seed 64 hex digits; whoever has it can take the noise of the next window away
 * @param day the latest day (UTC) that was charged; a clock that goes back does not open a new one
 * @param spent what that day has cost
 */
record NoiseAccount(String seed, LocalDate day, BigDecimal spent) {

  /** The later of both days. */
  LocalDate dayOf(LocalDate today) {
    return today.isAfter(day) ? today : day;
  }

  private BigDecimal spentOn(LocalDate today) {
    return today.isAfter(day) ? BigDecimal.ZERO : spent;
  }

  /** Whether one more window would cost more than its day may. */
  boolean isUsedUp(NoiseBudget budget, LocalDate today) {
    return spentOn(today).add(budget.epsilon()).compareTo(budget.daily()) > 0;
  }

  /** After one more window. */
  NoiseAccount charged(NoiseBudget budget, LocalDate today, String nextSeed) {
    return new NoiseAccount(nextSeed, dayOf(today), spentOn(today).add(budget.epsilon()));
  }

  @Override
  public String toString() {
    return "NoiseAccount[" + day + ", " + spent + "]";
  }
}
