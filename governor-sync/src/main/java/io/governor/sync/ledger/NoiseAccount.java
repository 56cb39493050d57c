package io.governor.sync.ledger;

import io.governor.sync.NoiseBudget;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * What noise has cost on a day. Immutable.
 *
 * @param day the latest day (UTC) that was charged; a clock that goes back does not open a new one
 * @param spent what that day has cost
 */
record NoiseAccount(LocalDate day, BigDecimal spent) {

  /** Before anything was charged. */
  static final NoiseAccount NEW = new NoiseAccount(LocalDate.MIN, BigDecimal.ZERO);

  private BigDecimal spentOn(LocalDate today) {
    return today.isAfter(day) ? BigDecimal.ZERO : spent;
  }

  /** Whether one more window would cost more than its day may. */
  boolean isUsedUp(NoiseBudget budget, LocalDate today) {
    return spentOn(today).add(budget.epsilon()).compareTo(budget.daily()) > 0;
  }

  /** When the next day's budget opens. */
  Instant renewal() {
    return day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  /** After one more window. */
  NoiseAccount charged(NoiseBudget budget, LocalDate today) {
    return new NoiseAccount(today.isAfter(day) ? today : day, spentOn(today).add(budget.epsilon()));
  }
}
