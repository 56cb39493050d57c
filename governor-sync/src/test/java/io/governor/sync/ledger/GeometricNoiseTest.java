package io.governor.sync.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GeometricNoiseTest {

  private static final int DRAWS = 200_000;

  /** Chi-squared over the numbers with an expectation of at least 20, at one in ten million. */
  @ParameterizedTest
  @ValueSource(strings = {"0.1", "0.333", "1", "2.5"})
  void follows_the_two_sided_geometric_distribution(String epsilon) {
    SplittableRandom random = LedgerSeeds.random();
    GeometricNoise noise = new GeometricNoise(new BigDecimal(epsilon));
    Map<Long, Integer> drawn = new TreeMap<>();
    for (int i = 0; i < DRAWS; i++) {
      drawn.merge(noise.draw(random), 1, Integer::sum);
    }

    double decay = Math.exp(-Double.parseDouble(epsilon));
    double atZero = (1 - decay) / (1 + decay) * DRAWS;
    double chi = 0;
    int cells = 0;
    int inCells = 0;
    for (int x = 0; atZero * Math.pow(decay, x) >= 20; x++) {
      double expected = atZero * Math.pow(decay, x);
      for (int sign = x == 0 ? 1 : -1; sign <= 1; sign += 2) {
        int count = drawn.getOrDefault((long) sign * x, 0);
        chi += (count - expected) * (count - expected) / expected;
        inCells += count;
        cells++;
      }
    }
    double tail = DRAWS - inCells;
    int beyond = (cells + 1) / 2;
    double expectedTail = 2 * atZero * Math.pow(decay, beyond) / (1 - decay);
    chi += (tail - expectedTail) * (tail - expectedTail) / expectedTail;

    // Wilson and Hilferty: the quantile of chi-squared with as many degrees of freedom as cells.
    double bound = cells * Math.pow(1 - 2 / (9.0 * cells) + 5.2 * Math.sqrt(2 / (9.0 * cells)), 3);
    assertThat(chi).isLessThan(bound);
  }
}
