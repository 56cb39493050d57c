package io.governor.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is said of rules that match nothing or change nothing, and of rules that only look so. */
class RuleReviewTest {

  static List<String> cases() {
    return Documents.text("rule-reviews.txt")
        .lines()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .toList();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void a_rule_is_accused_of_nothing_else(String line) {
    String kind = line.substring(0, line.indexOf(' '));
    String[] rules = line.substring(kind.length()).split(" >> ");

    assertThat(verdict(rules)).isEqualTo(kind.equals("alive") ? "beside" : kind);
  }

  private static String verdict(String... rules) {
    String[] named = new String[rules.length];
    for (int i = 0; i < rules.length; i++) {
      named[i] = rules[i].strip().replaceFirst("\\{", "{id: ACME-00" + i + ", ");
    }
    try {
      List<PolicyProblem> said =
          PolicyLoader.standard()
              .parse("p", "mode: enforce\n" + Documents.withRules(named))
              .warnings();
      return said.isEmpty() ? "beside" : kind(said);
    } catch (PolicyException e) {
      assertThat(e.problems())
          .singleElement()
          .satisfies(
              problem -> {
                assertThat(problem.message()).startsWith("this rule never matches: ");
                assertThat(problem.path()).hasToString("rules[0].when");
              });
      return "dead";
    }
  }

  private static String kind(List<PolicyProblem> said) {
    assertThat(said).hasSize(1);
    String message = said.get(0).message();
    if (message.startsWith("this part of any never holds")) {
      assertThat(said.get(0).path().toString()).matches(".*\\.any\\[\\d]");
      return "branch";
    }
    assertThat(message).startsWith("ACME-000 never decides: ACME-001, rules[1], line 6, ");
    return "shadowed";
  }
}
