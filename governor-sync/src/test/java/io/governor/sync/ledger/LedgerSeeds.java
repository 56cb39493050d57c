package io.governor.sync.ledger;

import java.util.SplittableRandom;

/**
 * Randomness that can be repeated: the seed is printed, and taken from {@code governor.seed}. The
 * build takes the same each time, so that what it finds is due to what changed.
 */
final class LedgerSeeds {

  private static final long OF_THE_BUILD = 20_261_121;

  private LedgerSeeds() {}

  static SplittableRandom random() {
    String given = System.getProperty("governor.seed", "");
    long seed = given.isBlank() ? OF_THE_BUILD : Long.parseLong(given.strip());
    System.err.println("governor.seed=" + seed);
    return new SplittableRandom(seed);
  }
}
