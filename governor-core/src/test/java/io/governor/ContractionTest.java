package io.governor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.governor.event.GovernorMember.SessionChange;
import io.governor.event.GovernorMember.Withdrawal;
import io.governor.event.TraceEvent;
import io.governor.policy.Conditions;
import io.governor.policy.Policy;
import io.governor.policy.PolicyCase;
import io.governor.policy.PolicyRule;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
                  + " Go on without it: it stays withdrawn for the rest of this session.");
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

  @Test
  void aResultCanWithdrawToolsToo() {
    Policy policy =
        Policy.named("p")
            .mode(Mode.ENFORCE)
            .rule(
                PolicyRule.named("ACME-101")
                    .tools("web.*")
                    .when(Conditions.detectInResult("secret"))
                    .contract("mail.*", "http.*")
                    .redact())
            .build();
    try (Governor governor = Governor.builder().trace(events::add).policy(policy).build();
        GovernedSession session = governor.session().open()) {
      Decision fetch = session.before(call("web.fetch"));
      session.after(fetch.call(), ToolResult.ofText("nothing of interest"));
      assertThat(session.offers("mail.send")).isTrue();

      Decision again = session.before(call("web.fetch"));
      session.after(again.call(), ToolResult.ofText("key AKIA" + "Z7K2M9P4X3B6N5T6"));

      assertThat(last(1).withdrew()).extracting(Withdrawal::tool).contains("mail.*", "http.*");
      assertThat(session.offers("mail.send")).isFalse();
      assertThat(session.before(call("http.post")).refused()).isTrue();
    }
  }

  @Test
  void aRuleThatCouldNotBeEvaluatedHasNotFired() {
    Rule broken =
        Rule.named("ACME-101")
            .when(
                facts -> {
                  throw new IllegalStateException();
                })
            .contract("*")
            .pause()
            .mode(Mode.ENFORCE)
            .deny();
    try (Governor governor = Governor.builder().trace(events::add).rules(broken).build();
        GovernedSession session = governor.session().open()) {
      assertThat(session.before(call("crm.read")).refused()).isTrue();
      assertThat(session.paused()).isFalse();
      assertThat(session.offers("crm.read")).isTrue();
    }
  }

  @Test
  void theCallThatAPersonAllowedRunsAndThenTheRuleHasFired() {
    Rule asks = Rule.named("ACME-101").tools("a").contract("a").mode(Mode.ENFORCE).ask();
    Approver yes = request -> CompletableFuture.completedFuture(request.allow());
    try (Governor governor =
            Governor.builder()
                .trace(events::add)
                .rules(asks)
                .approver(yes, Duration.ofMinutes(1))
                .build();
        GovernedSession session = governor.session().open()) {
      assertThat(session.before(call("a")).action()).isEqualTo(Action.PROCEED);
      assertThat(session.before(call("a")).message()).startsWith("Refused by rule GOV-007.");
    }
  }

  @Test
  void whatIsWithdrawnStaysSoAfterTheGovernorIsBuiltAnew(@TempDir Path root) {
    Rule rule = Rule.named("ACME-101").tools("web.*").contract("m").mode(Mode.ENFORCE).warn();
    try (Governor governor = Governor.builder().stateRoot(root).rules(rule).build();
        GovernedSession session = governor.session().id("s-1").open()) {
      session.before(call("web.fetch"));
    }
    try (Governor governor = Governor.builder().stateRoot(root).build();
        GovernedSession session = governor.session().id("s-1").open();
        GovernedSession other = governor.session().id("s-2").open()) {
      assertThat(session.offers("m")).isFalse();
      assertThat(other.offers("m")).isTrue();
      assertThat(session.before(call("m")).message()).contains("by rule ACME-101");
    }
  }

  @Test
  void processesThatShareASessionShareWhatIsWithdrawnFromIt(@TempDir Path root) {
    Rule rule = Rule.named("ACME-101").tools("web.*").contract("m").mode(Mode.ENFORCE).warn();
    try (Governor one = Governor.builder().stateRoot(root).rules(rule).build();
        Governor two = Governor.builder().stateRoot(root).build()) {
      GovernedSession here = one.session().id("s-1").shared().open();
      GovernedSession there = two.session().id("s-1").shared().open();
      assertThat(there.before(call("m")).refused()).isFalse();
      here.before(call("web.fetch"));

      assertThat(there.before(call("m")).refused()).isTrue();
      assertThat(there.offers("m")).isFalse();
    }
  }

  @Test
  void thePauseOfASharedSessionIsToldAsReleasedByWhicheverProcessComesNext(@TempDir Path root) {
    List<TraceEvent> there = new ArrayList<>();
    try (Governor one = Governor.builder().stateRoot(root).build();
        Governor two = Governor.builder().stateRoot(root).sink(there::add).build()) {
      GovernedSession first = one.session().id("s-1").shared().open();
      first.pause();
      first.before(call("m"));
      one.release("s-1");

      two.session().id("s-1").shared().open().before(call("m"));

      assertThat(there).hasSize(1);
      assertThat(there.get(0).governor().change().released()).isTrue();
    }
  }

  @Test
  void moreThanAnEventCanTellIsNotToBeWithdrawn() {
    String[] tools =
        IntStream.range(0, Rule.MOST_WITHDRAWN + 1).mapToObj(i -> "t" + i).toArray(String[]::new);
    Rule rule = Rule.named("ACME-101").contract(tools).warn();

    assertThatThrownBy(() -> Governor.builder().trace(events::add).rules(rule).build())
        .hasMessageContaining("expected at most 256 names and globs");
  }

  @Test
  void whateverRulesWithdrawTogetherFitsIntoOneEvent(@TempDir Path root) {
    Rule[] rules = new Rule[Rule.MOST_WITHDRAWN];
    for (int i = 0; i < rules.length; i++) {
      String tool = "漢".repeat(15) + (char) ('一' + i);
      rules[i] = Rule.named("ABCDEFGH-" + (100_000 + i)).contract(tool).mode(Mode.ENFORCE).warn();
    }
    try (Governor governor = Governor.builder().stateRoot(root).rules(rules).build();
        GovernedSession session = governor.session().open()) {
      session.before(call("a"));
      assertThat(governor.health().lost()).isEmpty();
    }
  }

  @Test
  void underManyPoliciesASessionRemembersSoMuchAndThenWithdrawsEverything() {
    Withdrawn withdrawn = Withdrawn.NONE;
    for (int i = 0; i < 3 * Withdrawn.MOST; i++) {
      withdrawn = withdrawn.and(List.of(new Withdrawal("t" + i, "ACME-101")));
      assertThat(withdrawn.matches("t" + i)).isTrue();
    }
    assertThat(withdrawn.all()).hasSize(Withdrawn.MOST);
    assertThat(withdrawn.matches("t0")).isTrue();
  }

  @Test
  void anExampleOfAPolicyCanExpectWhatBecomesOfTheNextCall() {
    PolicyRule withdraws = PolicyRule.named("ACME-101").tools("a").contract("a").warn();
    PolicyRule pauses = PolicyRule.named("ACME-102").tools("b").pause().warn();
    Policy policy =
        Policy.named("p")
            .mode(Mode.ENFORCE)
            .rule(withdraws)
            .rule(pauses)
            .example(PolicyCase.named("a", "a", Map.of()).expect(Verdict.WARN, "ACME-101"))
            .example(
                PolicyCase.named("again", "a", Map.of()).repeat(2).expect(Verdict.DENY, "GOV-007"))
            .example(PolicyCase.named("b", "b", Map.of()).repeat(2).expect(Verdict.DENY, "GOV-005"))
            .build();

    assertThat(policy.cases()).hasSize(3);
  }

  @Test
  void aPolicyThatOnlyObservesWithdrawalsOffersTheToolOn() {
    Policy policy =
        Policy.named("p")
            .standard("GOV-007", Mode.OBSERVE)
            .rule(PolicyRule.named("ACME-101").tools("a").contract("a").mode(Mode.ENFORCE).warn())
            .build();
    try (Governor governor = Governor.builder().trace(events::add).policy(policy).build();
        GovernedSession session = governor.session().open()) {
      session.before(call("a"));
      Decision next = session.before(call("a"));

      assertThat(next.refused()).isFalse();
      assertThat(next.violations()).contains("GOV-007");
      assertThat(session.offers("a")).isTrue();
    }
  }

  private SessionChange last(int fromEnd) {
    return events.get(events.size() - fromEnd).governor().change();
  }

  private static ToolCall call(String tool) {
    return ToolCall.of(tool, ToolArguments.of(Map.of()));
  }
}
