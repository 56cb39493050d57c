package io.governor.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WorstCaseTest {

  private static WorstCase of(String when) throws PolicyException {
    String rule = "{id: ACME-001, tool: a, effect: warn" + when + "}";
    return WorstCase.of(
        PolicyLoader.standard().parse("p", Documents.withRules(rule)).policy().rules().get(0));
  }

  @Test
  void a_rule_that_looks_at_nothing_costs_nothing() throws PolicyException {
    assertThat(of("")).isEqualTo(new WorstCase(0, 0, 0, false, false, false));
    assertThat(of(", when: {arg: /a, contains: x}"))
        .isEqualTo(new WorstCase(0, 0, 0, false, false, false));
  }

  @Test
  void every_part_of_a_condition_counts_wherever_it_stands() throws PolicyException {
    String when =
        ", when: {any: [{not: {arg: /a, matches: x}}, {arg: /b, not: {glob: 'x*'}},"
            + " {all: [{arg: /c, inside: /srv}, {arg: /d, not: {inside: /srv}}]},"
            + " {command: {touches: /srv}}, {detect: secret}]}";

    assertThat(of(when)).isEqualTo(new WorstCase(2, 262_144, 2, true, true, true));
  }

  @Test
  void a_command_that_is_only_read_follows_no_path() throws PolicyException {
    assertThat(of(", when: {command: {destructive: true}}"))
        .isEqualTo(new WorstCase(0, 0, 0, true, false, false));
  }
}
