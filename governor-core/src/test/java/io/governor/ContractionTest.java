package io.governor;

import static org.assertj.core.api.Assertions.assertThat;

import io.governor.event.GovernorMember.SessionChange;
import io.governor.event.GovernorMember.Withdrawal;
import io.governor.event.TraceEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** After a rule fired, tools are withdrawn from the session. */
class ContractionTest {

  private final List<TraceEvent> events = new ArrayList<>();

  @Test
  void toolsAreWithdrawnFromTheSessionOnceTheRuleHasFired() {
    Rule rule =
        Rule.named("ACME-101").tools("web.fetch").contract("mail.*").mode(Mode.ENFORCE).warn();
    try (Governor governor = Governor.builder().trace(events::add).rules(rule).build();
        GovernedSession session = governor.session().open();
        GovernedSession other = governor.session().open()) {
      assertThat(session.offers("mail.send")).isTrue();
      assertThat(session.before(call("mail.send")).refused()).isFalse();

      Decision fired = session.before(call("web.fetch"));
      Decision refused = session.before(call("mail.send"));

      assertThat(fired.refused()).isFalse();
      assertThat(last(2))
          .isEqualTo(
              new SessionChange(
                  List.of(new Withdrawal("mail.*", "ACME-101")), List.of(), false, false, false));
      assertThat(session.offers("mail.send")).isFalse();
      assertThat(session.offers("Mail.Send ")).isFalse();
      assertThat(session.offers("crm.read")).isTrue();
      assertThat(other.offers("mail.send")).isTrue();
      assertThat(refused.violations()).contains("GOV-007");
      assertThat(refused.message())
          .isEqualTo(
              "Refused by rule GOV-007. The tool was withdrawn from this session by rule ACME-101."
                  + " Go on without it: it is not offered again in this session.");
    }
  }

  @Test
  void aRuleThatIsNotEnforcedOnlySaysWhatItWouldHaveDone() {
    Rule rule = Rule.named("ACME-101").tools("web.fetch").contract("mail.*").pause().deny();
    try (Governor governor = Governor.builder().trace(events::add).rules(rule).build();
        GovernedSession session = governor.session().open()) {
      session.before(call("web.fetch"));

      assertThat(last(1))
          .isEqualTo(
              new SessionChange(
                  List.of(), List.of(new Withdrawal("mail.*", "ACME-101")), false, true, false));
      assertThat(session.offers("mail.send")).isTrue();
      assertThat(session.paused()).isFalse();
    }
  }

  @Test
  void aRuleCanPauseTheSession() {
    Rule rule = Rule.named("ACME-101").tools("web.fetch").pause().mode(Mode.ENFORCE).warn();
    try (Governor governor = Governor.builder().trace(events::add).rules(rule).build();
        GovernedSession session = governor.session().id("s-1").open()) {
      assertThat(session.before(call("web.fetch")).refused()).isFalse();
      Decision refused = session.before(call("crm.read"));

      assertThat(last(2).paused()).isTrue();
      assertThat(refused.message()).contains("paused by rule ACME-101");
      governor.release("s-1");
      assertThat(session.before(call("crm.read")).refused()).isFalse();
      assertThat(last(1).released()).isTrue();
    }
  }

  private SessionChange last(int fromEnd) {
    return events.get(events.size() - fromEnd).governor().change();
  }

  private static ToolCall call(String tool) {
    return ToolCall.of(tool, ToolArguments.of(Map.of()));
  }
}
