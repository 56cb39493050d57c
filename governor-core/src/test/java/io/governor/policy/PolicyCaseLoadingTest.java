package io.governor.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.governor.PolicyCases;
import io.governor.Verdict;
import io.governor.detect.Detectors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A policy that does not do what its cases say is refused, whoever wrote it. */
class PolicyCaseLoadingTest {

  private static final String POLICY =
      """
      governor: 1
      id: mail
      standard: {POL-001: {mode: enforce, effect: deny}, POL-002: {mode: enforce, effect: deny}}
      rules:
        - {id: ACME-101, tool: mail.send, when: {arg: /to, contains: evil}, effect: deny}
      cases:
        - {name: good, call: {tool: mail.send, arguments: {to: a@b.example}}, expect: allow}
        - {name: bad, call: {tool: mail.send, arguments: {to: x@evil.example}}, expect: warn}
        - name: other
          call: {tool: mail.read}
          expect: deny
          rule: ACME-101
      """;

  @Test
  void every_case_that_fails_is_an_error_at_its_place() {
    PolicyException refused =
        catchThrowableOfType(
            PolicyException.class, () -> PolicyLoader.standard().parse("p.yaml", POLICY));

    assertThat(refused.getMessage())
        .isEqualTo(
            "p.yaml:8:5: cases[1]: case \"bad\": expected warn, got deny; matched: ACME-101\n"
                + "p.yaml:9:5: cases[2]: case \"other\": expected deny by ACME-101, got allow; no"
                + " rule matched");
  }

  @Test
  void whoever_runs_the_cases_himself_gets_the_policy() throws PolicyException {
    Policy policy = PolicyLoader.standard().withoutCases().parse("p.yaml", POLICY).policy();

    assertThat(PolicyCases.failures(policy, policy.cases(), Detectors.builtIn()))
        .extracting(failure -> failure.example().name())
        .containsExactly("bad", "other");
  }

  @ParameterizedTest
  @CsvSource({"POL-001", "POL-002"})
  void a_case_about_a_standard_rule_lacks_what_the_rule_asks_for(String rule)
      throws PolicyException {
    String text = POLICY.replaceAll("(?s)cases:.*", "");
    String example =
        "cases: [{name: n, call: {tool: mail.update}, expect: deny, rule: " + rule + "}]\n";

    assertThat(PolicyLoader.standard().parse("p.yaml", text + example).policy().cases()).hasSize(1);
  }

  @Test
  void cases_that_make_too_many_calls_together_are_refused_before_they_are_run() {
    String cases =
        IntStream.range(0, 101)
            .mapToObj(i -> "  - {name: c" + i + ", call: {tool: a}, expect: deny, repeat: 1000}\n")
            .collect(Collectors.joining());

    PolicyException refused =
        catchThrowableOfType(
            PolicyException.class,
            () -> PolicyLoader.standard().parse("p", "governor: 1\nid: a\ncases:\n" + cases));

    assertThat(refused)
        .hasMessage(
            "p:4:3: cases: expected cases that make at most 100000 calls together, each as often as"
                + " it is repeated, got 101000");
  }

  @Test
  void a_policy_in_java_is_refused_likewise() {
    PolicyBuilder builder =
        Policy.named("mail")
            .rule(PolicyRule.named("ACME-101").tools("mail.send").deny())
            .example(PolicyCase.named("mail", "mail.send", Map.of()).expect(Verdict.ALLOW));

    assertThatThrownBy(builder::build)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "policy mail:\n"
                + "cases[0]: case \"mail\": expected allow, got deny; matched: ACME-101");
  }

  @Test
  void what_state_and_home_are_in_a_case_does_not_depend_on_the_machine() throws PolicyException {
    String text =
        """
        governor: 1
        id: state
        rules:
          - {id: ACME-101, tool: Write, when: {arg: /p, inside: ["${state}", "~/.x"]}, effect: deny}
        cases:
          - {name: a, call: {tool: Write, arguments: {p: ~/.governor/policy.yaml}}, expect: deny}
          - {name: b, call: {tool: Write, arguments: {p: ~/.x/y}}, expect: deny}
          - {name: c, call: {tool: Write, arguments: {p: ~/.y}}, expect: allow}
        """;

    assertThat(PolicyLoader.standard().parse("p.yaml", text).warnings()).isEmpty();
  }

  @Test
  void further_cases_are_read_with_their_places(@TempDir Path directory) throws Exception {
    Policy policy = PolicyLoader.standard().withoutCases().parse("p.yaml", POLICY).policy();
    Path good = directory.resolve("good.json");
    Files.writeString(
        good,
        """
        {"cases": [{"name": "x", "call": {"tool": "t"}, "expect": "allow", "rule": "ACME-101"}]}
        """);

    List<PolicyCase> cases = PolicyLoader.standard().cases(good, policy);

    assertThat(cases).extracting(PolicyCase::name).containsExactly("x");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''| 1:1: <root>: the document is empty; expected cases",
        "[]| 1:1: <root>: expected a mapping with cases, got a list",
        "rules: []| 1:1: rules: unknown key; known here: cases",
        "'cases: [{name: n, expect: allow, call: {tool: a}, rule: ACME-102}]'"
            + "| 1:57: cases[0].rule: no rule of this policy has this id; did you mean ACME-101?"
      })
  void a_file_of_cases_that_is_wrong_is_refused(
      String text, String message, @TempDir Path directory) throws IOException, PolicyException {
    Policy policy = PolicyLoader.standard().withoutCases().parse("p.yaml", POLICY).policy();
    Path file = Files.writeString(directory.resolve("cases.yaml"), text);

    PolicyException refused =
        catchThrowableOfType(
            PolicyException.class, () -> PolicyLoader.standard().cases(file, policy));

    assertThat(refused.getMessage().lines().findFirst()).hasValue(file + ":" + message.strip());
  }
}
