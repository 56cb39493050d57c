package io.governor.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.governor.event.AdvisoryFlag;
import io.governor.event.TraceEvent;
import java.util.List;
import org.junit.jupiter.api.Test;

class BaselineFilterTest {

  private static final String[] NOISE = {"POL-003", "CONTEXT_UNCLASSIFIED"};

  @Test
  void whatStandsOnNearlyEverySnapshotIsFoldedAway() {
    Session session = new Session().call("x", "POL-001", "SCOPE_INTENT_MISMATCH");
    for (int i = 0; i < 5; i++) {
      session.snapshot(null, null, NOISE);
    }
    session.snapshot(null, null, "POL-005", "SENSITIVITY_ESCALATION");

    BaselineFilter filter = BaselineFilter.of(session.events());

    assertThat(filter.toMap())
        .hasToString(
            "{policy_violations=2, advisory_flags=2, baseline_filtered={CONTEXT_UNCLASSIFIED=5,"
                + " POL-003=5}, baseline_filtered_total=10, raw_total=14}");
  }

  @Test
  void fourInFiveAreNotMoreThanEightyPercent() {
    Session session = new Session().snapshot(null, null);
    for (int i = 0; i < 4; i++) {
      session.snapshot(null, null, NOISE);
    }

    BaselineFilter filter = BaselineFilter.of(session.events());

    assertThat(filter.foldsUnclassifiedContext()).isFalse();
    assertThat(filter.baselineFiltered()).isEmpty();
    assertThat(filter.policyViolations()).isEqualTo(4);
    assertThat(filter.advisoryFlags()).isEqualTo(4);
  }

  @Test
  void theRuleAndTheFlagAreFoldedTogetherOrNotAtAll() {
    Session session = new Session();
    for (int i = 0; i < 9; i++) {
      session.snapshot(null, null, NOISE);
    }
    session.snapshot(null, null, "POL-003");
    List<TraceEvent> events = session.events();

    BaselineFilter filter = BaselineFilter.of(events);

    assertThat(filter.violations(events.get(0))).isEmpty();
    assertThat(filter.flags(events.get(0))).isEmpty();
    assertThat(filter.violations(events.get(9))).containsExactly("POL-003");
    assertThat(filter.policyViolations()).isEqualTo(1);
    assertThat(filter.rawTotal()).isEqualTo(19);
  }

  @Test
  void aMissingIntentIsNoiseOnDeclarationsOnly() {
    List<TraceEvent> events =
        new Session()
            .intent(null, "none", "INTENT_MISSING", "LATER")
            .call("x", "INTENT_MISSING")
            .events();

    BaselineFilter filter = BaselineFilter.of(events);

    assertThat(filter.flags(events.get(0))).containsExactly(new AdvisoryFlag("LATER"));
    assertThat(filter.flags(events.get(1))).containsExactly(AdvisoryFlag.INTENT_MISSING);
    assertThat(filter.toMap())
        .hasToString(
            "{policy_violations=0, advisory_flags=2, baseline_filtered={INTENT_MISSING=1},"
                + " baseline_filtered_total=1, raw_total=3}");
  }

  @Test
  void noEventsNoNoise() {
    assertThat(BaselineFilter.of(List.of()).rawTotal()).isZero();
    assertThat(BaselineFilter.of(List.of()).foldsMissingIntent()).isFalse();
  }
}
