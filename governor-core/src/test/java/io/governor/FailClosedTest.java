package io.governor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What is enforced holds also where something goes wrong. Each case is one that a reviewer got past
 * an enforced rule in Java with.
 */
class FailClosedTest {

  private static final ToolCall CALL =
      ToolCall.of("refund.create", ToolArguments.ofJson("{\"amount\":500}"));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"order\":\"1\",\"amount\":1,\"amount\":500}",
        "{\"order\":\"1\",\"amount\":500,}",
        "{\"order\":\"1\",\"amount\":500}{\"x\":1}",
        "\"{\\\"order\\\":\\\"1\\\",\\\"amount\\\":500}\"",
        "{\"order\":\"1\",\"amount\":\"500\"}",
        "{\"order\":\"1\"}"
      })
  void argumentsThatAToolMayReadOtherwiseDoNotGetPastARule(String json) {
    Rule refunds =
        Rule.named("ACME-103")
            .tools("refund.*")
            .when(facts -> !(facts.number("/amount") <= 100))
            .mode(Mode.ENFORCE)
            .deny();
    try (Governor governor = Governor.builder().rules(refunds).trace(event -> {}).build();
        GovernedSession session = governor.session().open()) {
      Decision decision = session.before(ToolCall.of("refund.create", ToolArguments.ofJson(json)));

      assertThat(decision.refused()).isTrue();
      assertThat(decision.message()).contains("ACME-103");
    }
  }

  @Test
  void aRuleThatLooksAtNoArgumentIsNotKeptFromJudgingByUnreadableOnes() {
    Rule warning = Rule.named("ACME-104").mode(Mode.ENFORCE).warn();
    try (Governor governor = Governor.builder().rules(warning).trace(event -> {}).build();
        GovernedSession session = governor.session().open()) {
      Decision decision = session.before(ToolCall.of("x", ToolArguments.ofJson("{broken")));

      assertThat(decision.failedRules()).isEmpty();
      assertThat(decision.action()).isEqualTo(Action.PROCEED);
      assertThat(decision.rules()).hasSize(1);
    }
  }

  static java.util.stream.Stream<java.util.Map<String, Object>> notJson() {
    java.util.Map<String, Object> cycle = new java.util.HashMap<>();
    cycle.put("self", cycle);
    return java.util.stream.Stream.of(
        java.util.Map.of("command", new String[] {"rm", "-rf", "/"}),
        java.util.Map.of("a", java.util.Set.of("x")),
        java.util.Map.of("a", java.nio.CharBuffer.wrap("x")),
        java.util.Map.of("n", Double.NaN),
        cycle);
  }

  @ParameterizedTest
  @org.junit.jupiter.params.provider.MethodSource("notJson")
  void objectsThatAreNotJsonAreAsUnreadableAsBrokenText(java.util.Map<String, Object> members)
      throws Exception {
    String policy =
        """
        governor: 1
        id: acme
        revision: 1
        mode: enforce
        risk: {deny_at: 900, weights: {detection: 1, network: 1, destructive: 1, outside_root: 1}}
        rules:
          - {id: ACME-101, tool: "*", when: {detect: [secret]}, effect: warn, on_error: allow}
        """;
    ToolArguments arguments = ToolArguments.of(members);
    try (Governor governor =
            Governor.builder()
                .policy(io.governor.policy.PolicyLoader.standard().parse("p", policy).policy())
                .trace(event -> {})
                .build();
        GovernedSession session = governor.session().open()) {
      Decision decision = session.before(ToolCall.of("x", arguments));

      assertThat(decision.message()).contains("GOV-004");
      assertThat(decision.failedRules()).containsExactly(RuleId.of("ACME-101"));
      assertThat(arguments.json()).isEqualTo("{}");
    }
  }

  @Test
  void aRewriteThatGivesNothingIsAFailureAndUndoesNoOther() {
    Rule first =
        Rule.named("ACME-101").mode(Mode.ENFORCE).redactResult(r -> ToolResult.ofText("[gone]"));
    Rule nothing = Rule.named("ACME-102").mode(Mode.ENFORCE).redactResult(r -> null);
    Rule forgiving =
        Rule.named("ACME-103")
            .mode(Mode.ENFORCE)
            .onError(Rule.OnError.ALLOW)
            .redactResult(r -> null);
    try (Governor strict = Governor.builder().rules(first, nothing).trace(event -> {}).build();
        Governor lenient = Governor.builder().rules(first, forgiving).trace(event -> {}).build();
        GovernedSession one = strict.session().open();
        GovernedSession two = lenient.session().open()) {
      Decision refused = one.after(CALL, ToolResult.ofText("secret"));
      Decision redacted = two.after(CALL, ToolResult.ofText("secret"));

      assertThat(refused.refused()).isTrue();
      assertThat(refused.failedRules()).containsExactly(RuleId.of("ACME-102"));
      assertThat(redacted.action()).isEqualTo(Action.REWRITE);
      assertThat(redacted.result().text()).isEqualTo("[gone]");
    }
  }

  @Test
  void whereGovernorItselfFailsAnEnforcedRuleStillHolds() {
    Rule denied = Rule.named("ACME-101").tools("refund.*").mode(Mode.ENFORCE).deny();
    Rule hidden =
        Rule.named("ACME-102")
            .tools("crm.*")
            .mode(Mode.ENFORCE)
            .redactResult(r -> ToolResult.ofText("[gone]"));
    try (Governor governor =
            Governor.builder()
                .rules(denied, hidden)
                .trace(event -> {})
                .clock(
                    () -> {
                      throw new IllegalStateException("no clock");
                    })
                .build();
        GovernedSession session = governor.session().open()) {
      ToolCall read = ToolCall.of("crm.read", ToolArguments.empty());

      assertThat(session.before(CALL).refused()).isTrue();
      assertThat(session.before(ToolCall.of("other", ToolArguments.empty())).refused()).isFalse();
      assertThat(session.after(read, ToolResult.ofText("secret")))
          .matches(after -> after.refused() || "[gone]".equals(after.result().text()));
      assertThat(session.after(read, ToolResult.failure()).refused()).isFalse();
    }
  }

  @Test
  void theLogSaysWhatBecomesOfACallThatCouldNotBeJudged() {
    boolean[] broken = {false};
    try (StandardError log = StandardError.capture();
        Governor governor =
            Governor.builder()
                .rules(Rule.named("ACME-101").tools("refund.*").mode(Mode.ENFORCE).deny())
                .trace(event -> {})
                .nanoTime(
                    () -> {
                      if (broken[0]) {
                        throw new IllegalStateException("no time");
                      }
                      return 0;
                    })
                .build();
        GovernedSession session = governor.session().open()) {
      broken[0] = true;
      boolean refused = session.before(CALL).refused();
      boolean otherRefused = session.before(ToolCall.of("other", ToolArguments.empty())).refused();
      broken[0] = false;

      assertThat(refused).isTrue();
      assertThat(otherRefused).isFalse();
      assertThat(log.lines().filter(line -> line.contains("could not be governed")))
          .hasSize(1)
          .allMatch(
              line ->
                  line.endsWith("; what an enforced rule looks at is refused, the rest goes on"));
    }
  }

  @Test
  void idsThatCannotBeMadeDoNotReachTheHost() {
    try (Governor governor =
            Governor.builder()
                .trace(event -> {})
                .ids(
                    () -> {
                      throw new IllegalStateException("no ids");
                    })
                .build();
        GovernedSession session = governor.session().id("s").open()) {
      assertThat(session.before(CALL).action()).isEqualTo(Action.PROCEED);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"POL-001", "GOV-001", "GOV-999"})
  void idsOfTheStandardAreNobodyElses(String id) {
    assertThatThrownBy(() -> Governor.builder().rules(Rule.named(id).deny()).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("rule " + id + ": expected an id of your own; POL- and GOV- are taken");
  }
}
