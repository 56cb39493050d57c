package io.governor;

import static org.assertj.core.api.Assertions.assertThat;

import io.governor.policy.Risk.Signal;
import java.util.EnumMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** A risk is a sum that says what it is made of. */
class RiskScoreTest {

  @Test
  void oneSignalMoreNeverLowersIt() {
    long seed = Long.getLong("governor.seed", System.nanoTime());
    SplittableRandom random = new SplittableRandom(seed);
    for (int round = 0; round < 2_000; round++) {
      Map<Signal, Integer> points = new EnumMap<>(Signal.class);
      for (Signal signal : Signal.values()) {
        if (random.nextBoolean()) {
          points.put(signal, random.nextInt(1_001));
        }
      }
      int before = new RiskScore(points).total();
      for (Signal signal : Signal.values()) {
        Map<Signal, Integer> more = new EnumMap<>(points);
        more.putIfAbsent(signal, random.nextInt(1_001));
        assertThat(new RiskScore(more).total())
            .as("seed %d, round %d, %s", seed, round, signal)
            .isGreaterThanOrEqualTo(before);
      }
    }
  }

  @Test
  void itIsExplainedAsASum() {
    assertThat(new RiskScore(Map.of(Signal.NETWORK, 20, Signal.EXECUTE, 30)))
        .hasToString("50 = execute 30 + network 20");
    assertThat(new RiskScore(Map.of())).hasToString("0");
  }
}
