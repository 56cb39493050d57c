package io.governor;

import static io.governor.ApprovalExamples.ASKS;
import static io.governor.ApprovalExamples.LONG;
import static io.governor.ApprovalExamples.REFUND;
import static org.assertj.core.api.Assertions.assertThat;

import io.governor.event.EventPayload.ScopeAsserted;
import io.governor.event.TraceEvent;
import io.governor.policy.AgentEntry;
import io.governor.policy.Policy;
import io.governor.policy.PolicyRule;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Policies may change while a person thinks. */
@Timeout(60)
class ApprovalReloadTest {

  private final Sinks.Recording trace = new Sinks.Recording();

  private GovernorBuilder governor(Approver approver, Duration timeout) {
    return Governor.builder().trace(trace).rules(ASKS).approver(approver, timeout);
  }

  private List<TraceEvent> scopes() {
    return trace.events().stream()
        .filter(event -> event.payload() instanceof ScopeAsserted)
        .toList();
  }

  static Stream<Arguments> changes() {
    return Stream.of(
        Arguments.of(
            "a list that denies the tool",
            policy(List.of(new AgentEntry("*", null, List.of("refund.*"))), List.of()),
            "Refused by rule GOV-002. This agent may not use the tool. Use another tool, or ask the"
                + " operator to allow it."),
        Arguments.of(
            "a rule that denies",
            policy(List.of(), List.of(rule("ACME-201", Verdict.DENY))),
            "Refused by rule ACME-201."),
        Arguments.of(
            "a rule that asks as well",
            policy(List.of(), List.of(rule("ACME-202", Verdict.ASK))),
            "Refused: rule ACME-202 needs a person's approval as well by now, and the person was"
                + " not told of it."),
        Arguments.of(
            "a rule that warns", policy(List.of(), List.of(rule("ACME-203", Verdict.WARN))), ""));
  }

  private static Policy policy(List<AgentEntry> agents, List<PolicyRule> rules) {
    return new Policy(
        "acme", 2, Mode.ENFORCE, Map.of(), List.of(), false, agents, rules, null, List.of());
  }

  private static PolicyRule rule(String id, Verdict effect) {
    return new PolicyRule(
        RuleId.of(id),
        null,
        List.of(),
        List.of("refund.*"),
        null,
        null,
        effect,
        null,
        Rule.OnError.DENY,
        null,
        null,
        List.of(),
        false);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("changes")
  void theAnswerIsJudgedByThePolicyThatIsInForceWhenItComes(
      String name, Policy changed, String message) throws Exception {
    OpenDesk desk = new OpenDesk();
    try (Governor governor = governor(desk, LONG).policy(policy(List.of(), List.of())).build();
        GovernedSession session = governor.session().open()) {
      CompletableFuture<Decision> decision = session.beforeAsync(REFUND).toCompletableFuture();
      OpenDesk.Open question = desk.next();
      governor.reload(changed);
      question.allow();

      Decision decided = decision.get(30, TimeUnit.SECONDS);
      assertThat(decided.refused()).isEqualTo(!message.isEmpty());
      if (!message.isEmpty()) {
        assertThat(decided.message()).isEqualTo(message);
      }
      assertThat(Objects.requireNonNull(decided.policy()).revision()).isEqualTo(2);
    }
    assertThat(desk.isEmpty()).isTrue();
    assertThat(scopes()).hasSize(1);
  }
}
