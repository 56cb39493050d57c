package io.governor.sync.ledger;

import java.util.SplittableRandom;

/** Randomness that can be repeated: the seed is printed, and taken from {@code governor.seed}. */
final class LedgerSeeds {

  private LedgerSeeds() {}

  static SplittableRandom random() {
    String given = System.getProperty("governor.seed", "");
    long seed = given.isBlank() ? new SplittableRandom().nextLong() : Long.parseLong(given.strip());
    System.err.println("governor.seed=" + seed);
    return new SplittableRandom(seed);
  }
}
