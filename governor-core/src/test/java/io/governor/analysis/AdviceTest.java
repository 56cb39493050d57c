package io.governor.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.governor.event.AdvisoryFlag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdviceTest {

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "AGENT_UNREGISTERED, Register agent before session start (POL-002)",
        "INTENT_MISSING, Declare intent before executing mutating operations (POL-001)",
        "SCOPE_OPERATION_UNEXPECTED, Declare intent before executing mutating operations (POL-001)",
        "SCOPE_INTENT_MISMATCH, Ensure scope matches declared intent (POL-001)",
        "CONTEXT_UNCLASSIFIED,"
            + " Vendor should tag tool responses with classification metadata (POL-003)",
        "SENSITIVITY_ESCALATION,"
            + " Provide explicit authorization before escalating context sensitivity (POL-005)",
        "MEMORY_WRITE_UNCLASSIFIED,"
            + " Memory writes must include classification and retention policy (POL-004)",
        "MEMORY_WRITE_CANDIDATE,"
            + " Memory writes must include classification and retention policy (POL-004)",
        "TASK_BOUNDARY_CROSSED, -",
        "HIGH_CONSEQUENCE_DETECTED, -",
        "ENFORCEMENT_BYPASSED, -",
        "TOOL_UNKNOWN, -",
        "TOOL_SHADOWED, -",
      })
  void everyFlagIsExplainedAndSomeHaveAFix(String flag, String fix) {
    FlagAdvice advice = FlagAdvice.of(new AdvisoryFlag(flag)).orElseThrow();

    assertThat(advice.fix()).isEqualTo(fix);
    assertThat(advice.explanation()).endsWith(".");
  }

  @Test
  void theFiveStandardRulesAreExplained() {
    assertThat(RuleAdvice.STANDARD)
        .extracting(RuleAdvice::id)
        .containsExactly("POL-001", "POL-002", "POL-003", "POL-004", "POL-005");
    assertThat(RuleAdvice.STANDARD)
        .allSatisfy(advice -> assertThat(advice.explanation()).endsWith("."));
    assertThat(RuleAdvice.of("POL-002").orElseThrow().fix())
        .isEqualTo("Register agent before session start (POL-002)");
  }

  @Test
  void whatNobodyKnowsHasNoAdvice() {
    assertThat(RuleAdvice.of("ACME-101")).isEmpty();
    assertThat(FlagAdvice.of(new AdvisoryFlag("LATER"))).isEmpty();
  }
}
