package io.governor.sync;

import java.util.SplittableRandom;

/** Randomness that can be repeated: the seed is printed, and taken from {@code governor.seed}. */
public final class Seeds {

  private Seeds() {}

  public static SplittableRandom random() {
    String given = System.getProperty("governor.seed", "");
    long seed = given.isBlank() ? new SplittableRandom().nextLong() : Long.parseLong(given.strip());
    System.err.println("governor.seed=" + seed);
    return new SplittableRandom(seed);
  }
}
