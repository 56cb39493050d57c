package io.governor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.governor.GovernorRules;
import io.governor.RuleId;
import io.governor.analysis.FlagAdvice;
import io.governor.analysis.RuleAdvice;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExplanationsTest {

  private final Explanations explanations = Explanations.load();

  @Test
  void everyStandardRuleIsExplainedUnderItsName() {
    assertThat(RuleAdvice.STANDARD)
        .allSatisfy(
            rule ->
                assertThat(explanations.find(rule.id()))
                    .get()
                    .extracting(Explanation::title)
                    .isEqualTo(rule.name()));
  }

  @Test
  void everyRuleOfGovernorsOwnIsExplained() {
    assertThat(explanations.all())
        .extracting(Explanation::id)
        .containsAll(GovernorRules.ALL.stream().map(RuleId::value).toList());
  }

  @Test
  void everyFlagIsExplained() {
    List<String> flags = FlagAdvice.REFERENCE.stream().map(advice -> advice.flag().name()).toList();

    assertThat(explanations.all()).extracting(Explanation::id).containsAll(flags);
    assertThat(FlagAdvice.OWN)
        .allSatisfy(own -> assertThat(explanations.find(own.flag().name())).isPresent());
  }

  @Test
  void nothingElseIsExplained() {
    assertThat(explanations.all())
        .hasSize(
            RuleAdvice.STANDARD.size()
                + GovernorRules.ALL.size()
                + FlagAdvice.REFERENCE.size()
                + FlagAdvice.OWN.size());
  }
}
