package io.governor.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.governor.Mode;
import io.governor.Verdict;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class StarterPolicyTest {

  @ParameterizedTest
  @EnumSource
  void it_does_what_its_cases_say_and_nothing_in_it_is_doubtful(StarterPolicy starter)
      throws PolicyException {
    LoadedPolicy loaded = PolicyLoader.standard().parse(starter.wireName(), starter.text());

    assertThat(loaded.warnings()).isEmpty();
    assertThat(loaded.policy()).isEqualTo(starter.policy());
  }

  @ParameterizedTest
  @EnumSource
  void it_never_interferes_before_its_operator_says_so(StarterPolicy starter) {
    Policy policy = starter.policy();

    assertThat(policy.mode()).isEqualTo(Mode.OBSERVE);
    assertThat(policy.rules()).allMatch(rule -> rule.mode() == null);
    assertThat(policy.standard()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void each_rule_says_what_it_serves_why_and_what_to_do(StarterPolicy starter) {
    assertThat(starter.policy().rules())
        .allSatisfy(
            rule -> {
              assertThat(rule.serves())
                  .isNotEmpty()
                  .allMatch(item -> item.matches("ASI(0[1-9]|10)"));
              assertThat(rule.title()).isNotNull();
              assertThat(rule.reason()).isNotNull();
              assertThat(rule.suggestion()).isNotNull();
            });
  }

  @ParameterizedTest
  @EnumSource
  void each_rule_has_a_case_and_normal_work_has_some(StarterPolicy starter) {
    Policy policy = starter.policy();
    Set<String> tried =
        policy.cases().stream()
            .filter(example -> example.rule() != null)
            .map(example -> String.valueOf(example.rule()))
            .collect(Collectors.toSet());

    assertThat(tried).containsAll(policy.rules().stream().map(rule -> rule.id().value()).toList());
    assertThat(policy.cases().stream().filter(each -> each.expect() == Verdict.ALLOW))
        .hasSizeGreaterThan(5);
  }

  @ParameterizedTest
  @ValueSource(strings = {"governor approvals allow 1", "governor daemon stop"})
  void none_lets_an_agent_govern_itself(String command) {
    for (StarterPolicy starter : StarterPolicy.values()) {
      List<PolicyRule> rules = starter.policy().rules();
      assertThat(rules)
          .anyMatch(
              rule ->
                  rule.effect() == Verdict.DENY
                      && rule.when() instanceof Condition.Command runs
                      && runs.runs().stream().anyMatch(command::startsWith));
    }
  }

  @Test
  void each_is_found_by_its_word() {
    assertThat(StarterPolicy.named("data-agent")).hasValue(StarterPolicy.DATA_AGENT);
    assertThat(StarterPolicy.named("Data-Agent")).isEmpty();
  }
}
