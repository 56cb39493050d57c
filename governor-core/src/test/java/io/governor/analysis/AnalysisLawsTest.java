package io.governor.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.governor.event.RandomEvents;
import io.governor.event.TraceEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What holds for any events at all. */
class AnalysisLawsTest {

  private static final String[] CODES = {
    "POL-001",
    "POL-002",
    "POL-003",
    "POL-005",
    "ACME-101",
    "x-",
    "INTENT_MISSING",
    "CONTEXT_UNCLASSIFIED"
  };

  @Test
  void anyEventsAreAnalysedAndTheSameEventsGiveTheSameResult() {
    long seed = RandomEvents.seed();
    SplittableRandom random = new SplittableRandom(seed);
    for (int round = 0; round < 300; round++) {
      List<TraceEvent> events = events(random);

      String first = everything(events);

      assertThat(everything(new ArrayList<>(events))).as("seed %d", seed).isEqualTo(first);
    }
  }

  @Test
  void partsNeverExceedTheWholeAndNothingIsCountedTwice() {
    long seed = RandomEvents.seed();
    SplittableRandom random = new SplittableRandom(seed);
    for (int round = 0; round < 300; round++) {
      List<TraceEvent> events = events(random);

      Pulse pulse = Pulse.of(events, 0);
      BaselineFilter filter = BaselineFilter.of(events);

      BurnRate burn = pulse.burnRate();
      UndeclaredIntent intent = pulse.undeclaredIntent();
      assertThat(burn.violationAssociatedTokens())
          .as("seed %d", seed)
          .isBetween(0L, burn.totalTokens());
      assertThat(burn.byRule())
          .as("seed %d", seed)
          .allMatch(row -> row.tokenCost() <= burn.violationAssociatedTokens())
          .allMatch(row -> row.turnCount() <= burn.violationFiringTurns());
      assertThat(intent.totalTokens()).as("seed %d", seed).isEqualTo(burn.totalTokens());
      assertThat(intent.declaredTokens()).as("seed %d", seed).isNotNegative();
      assertThat(filter.rawTotal())
          .as("seed %d", seed)
          .isEqualTo(
              events.stream().mapToLong(e -> e.violations().size() + e.flags().size()).sum());
    }
  }

  private static String everything(List<TraceEvent> events) {
    return Pulse.of(events, 1).toMap()
        + BaselineFilter.of(events).toMap().toString()
        + RawView.of(events);
  }

  /** Events of every kind among those of a session with few turns and calls, so that they meet. */
  private static List<TraceEvent> events(SplittableRandom random) {
    RandomEvents any = new RandomEvents(random);
    Session session = new Session();
    for (int i = random.nextInt(30); i > 0; i--) {
      String code = CODES[random.nextInt(CODES.length)];
      String other = CODES[random.nextInt(4)];
      String call = "u" + random.nextInt(4);
      String turn = "t" + random.nextInt(4);
      switch (random.nextInt(5)) {
        case 0 -> session.callAs("x", "WRITE", call, code);
        case 1 -> session.turnWith(turn, random.nextInt(3), List.of(call), code);
        case 2 -> session.turn(turn, null, (long) random.nextInt(3));
        case 3 -> session.memory(code, code.equals(other) ? "F" : other);
        default -> session.events().add(any.next());
      }
    }
    return session.events();
  }
}
