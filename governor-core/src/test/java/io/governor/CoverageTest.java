package io.governor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.governor.Coverage.Status;
import io.governor.Coverage.Tool;
import io.governor.policy.PolicyException;
import io.governor.policy.PolicyLoader;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which rules could touch a tool, and the value that says so for every tool of a host. */
class CoverageTest {

  private static final String POLICY =
      """
      governor: 1
      id: shop
      revision: 1
      mode: enforce
      standard: {POL-001: {effect: ask}, POL-003: {mode: "off"}}
      agents:
        - {agent: "support-*", allow: ["crm.*", "mail.send"], deny: ["crm.delete*"]}
      rules:
        - {id: SHOP-002, tool: "*", when: {detect: [secret], in: [arguments, result]}, effect: redact}
        - {id: SHOP-001, tool: [crm.lookup, crm.delete], effect: ask}
        - {id: SHOP-003, tool: crm.lookup, effect: deny, mode: "off"}
      risk: {warn_at: 50, deny_at: 80, weights: {execute: 30}}
      """;

  @ParameterizedTest
  @CsvSource({
    "support-1, crm.lookup, GOV-003 POL-001 SHOP-001 SHOP-002",
    "support-1, crm.delete, GOV-002 GOV-003 POL-001 SHOP-001 SHOP-002",
    "support-1, shell.run, GOV-001 GOV-003 POL-001 SHOP-002",
    "billing-1, shell.run, GOV-003 POL-001 SHOP-002",
    "billing-1, mcp__crm__read, GOV-003 GOV-006 POL-001 SHOP-002",
  })
  void theRulesOfAToolAreThoseThatCouldTouchItEachOnce(String agent, String tool, String rules)
      throws PolicyException {
    Governor governor =
        Governor.builder().policy(PolicyLoader.standard().parse("p", POLICY).policy()).build();

    assertThat(ids(governor.rulesFor(Agent.named(agent), tool))).isEqualTo(rules);
    assertThat(governor.rulesFor(Agent.named(agent), tool))
        .filteredOn(hit -> hit.id().value().equals("POL-001"))
        .extracting(RuleHit::effect)
        .containsExactly(Verdict.ASK);
  }

  @Test
  void theRulesInForceAreListedWithoutATool() throws PolicyException {
    Governor governor =
        Governor.builder().policy(PolicyLoader.standard().parse("p", POLICY).policy()).build();

    assertThat(ids(governor.rules()))
        .isEqualTo("GOV-001 GOV-002 GOV-003 POL-001 SHOP-001 SHOP-002");
  }

  @Test
  void withoutAPolicyNoRuleDecidesAnything() {
    Governor governor = Governor.builder().build();

    assertThat(governor.rules()).isEmpty();
    assertThat(governor.rulesFor(Agent.named("a"), "crm.lookup")).isEmpty();
  }

  @Test
  void whatIsNotKnownToBeGovernedIsAGap() {
    Tool governed = new Tool("S", "a", Status.GOVERNED, "governed", List.of());
    Tool open = new Tool("S", "b", Status.UNGOVERNED, "x.Executor", List.of());
    Tool unknown = new Tool("S", "c", Status.UNKNOWN, "x.Provider", List.of());

    Coverage coverage = new Coverage(List.of(governed)).and(new Coverage(List.of(open, unknown)));

    assertThat(coverage.gaps()).containsExactly(open, unknown);
    assertThat(coverage.governsEveryTool()).isFalse();
    assertThat(new Coverage(List.of(governed)).governsEveryTool()).isTrue();
    assertThat(coverage)
        .hasToString(
            """
            1 of 3 governed
              governed    a of S (governed): no rule could touch it
              ungoverned  b of S (x.Executor)
              unknown     c of S (x.Provider)""");
  }

  @Test
  @SuppressWarnings("NullAway") // what a caller without null checks may do
  void aToolWithoutAStatusIsRefused() {
    assertThatNullPointerException()
        .isThrownBy(() -> new Tool("S", "a", null, "governed", List.of()))
        .withMessage("status");
  }

  private static String ids(List<RuleHit> hits) {
    return String.join(" ", hits.stream().map(hit -> hit.id().value()).toList());
  }
}
