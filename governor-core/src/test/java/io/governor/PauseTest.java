package io.governor;

import static org.assertj.core.api.Assertions.assertThat;

import io.governor.event.GovernorMember;
import io.governor.event.TraceEvent;
import io.governor.policy.Policy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A session that is paused makes no calls until it is released. */
class PauseTest {

  private final List<TraceEvent> events = new ArrayList<>();

  @Test
  void aPausedSessionRefusesEveryCallUntilItIsReleased() {
    try (Governor governor = governor(null);
        GovernedSession session = governor.session().id("s-1").open()) {
      session.pause();

      Decision refused = session.before(call("crm.read"));

      assertThat(session.paused()).isTrue();
      assertThat(refused.action()).isEqualTo(Action.REFUSE);
      assertThat(refused.violations()).contains("GOV-005");
      assertThat(refused.message())
          .isEqualTo(
              "Refused by rule GOV-005. The session is paused by an operator. Make no further"
                  + " calls; a person has to release it with governor sessions release s-1.");
      session.release();
      assertThat(session.paused()).isFalse();
      assertThat(session.before(call("crm.read")).action()).isEqualTo(Action.PROCEED);
    }
  }

  @Test
  void theReleaseIsToldByTheNextEventAndByNoFurther() {
    try (Governor governor = governor(null);
        GovernedSession session = governor.session().id("s-1").open()) {
      session.pause();
      session.before(call("crm.read"));
      governor.release("s-1");
      session.before(call("crm.read"));
      session.before(call("crm.read"));

      assertThat(events.stream().map(TraceEvent::governor).map(PauseTest::released))
          .containsExactly(false, false, false, true, false);
    }
  }

  @Test
  void anOperatorsPauseIsActedOnInAPolicyThatOnlyObserves() {
    Policy observing = Policy.named("p").build();
    try (Governor governor = governor(observing);
        GovernedSession session = governor.session().id("s-1").open()) {
      governor.pause("s-1");

      assertThat(session.before(call("crm.read")).refused()).isTrue();
    }
  }

  @Test
  void aPolicyThatNamesItSaysHowFarAPauseReaches() {
    Policy observing = Policy.named("p").standard("GOV-005", Mode.OBSERVE).build();
    try (Governor governor = governor(observing);
        GovernedSession session = governor.session().id("s-1").open()) {
      governor.pause("s-1");
      Decision decision = session.before(call("crm.read"));

      assertThat(decision.refused()).isFalse();
      assertThat(decision.violations()).contains("GOV-005");
    }
  }

  private static boolean released(GovernorMember member) {
    return member.change().released();
  }

  private Governor governor(Policy policy) {
    GovernorBuilder builder = Governor.builder().trace(events::add);
    return (policy == null ? builder : builder.policy(policy)).build();
  }

  private static ToolCall call(String tool) {
    return ToolCall.of(tool, ToolArguments.of(Map.of()));
  }
}
