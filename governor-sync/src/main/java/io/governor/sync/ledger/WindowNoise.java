package io.governor.sync.ledger;

import io.governor.RuleId;
import io.governor.sync.TimeWindow;
import java.math.BigDecimal;

/**
 * The noise of one window. It follows from the installation's secret seed, the window and the rule,
 * so that a dry run shows what the run draws, and no two windows share any: whoever sees only what
 * was sent learns nothing of the seed. Its {@code toString} hides the seed. Immutable.
 *
 * @param epsilon see {@link GeometricNoise}
 * @param seed 64 hex digits; whoever has it can take the noise away
 * @param window what no other window has
 */
record WindowNoise(BigDecimal epsilon, String seed, String window) {

  /** That of a window that was asked for. */
  static WindowNoise ofAsked(BigDecimal epsilon, String seed, TimeWindow window) {
    return new WindowNoise(epsilon, seed, window.toString());
  }

  /**
   * That of a window that nobody asked for. Such windows touch, so that the start says which it is;
   * the end is when the run comes, and the noise is what a dry run before it has shown.
   */
  static WindowNoise ofNext(BigDecimal epsilon, String seed, TimeWindow window) {
    return new WindowNoise(epsilon, seed, window.start() + "..");
  }

  /** A count with noise, and with 0 as the least; one at the top of all numbers stays there. */
  long on(long exact, RuleId rule) {
    SeededBits bits = new SeededBits(seed, window + "\n" + rule.value());
    long drawn = new GeometricNoise(epsilon).draw(bits);
    return drawn > Long.MAX_VALUE - exact ? Long.MAX_VALUE : Math.max(0, exact + drawn);
  }

  @Override
  public String toString() {
    return "WindowNoise[" + epsilon + ", " + window + "]";
  }
}
