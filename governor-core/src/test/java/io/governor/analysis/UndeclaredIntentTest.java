package io.governor.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.governor.analysis.UndeclaredIntent.FlaggedEvent;
import io.governor.analysis.UndeclaredIntent.ToolCalls;
import io.governor.analysis.UndeclaredIntent.UndeclaredTurn;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UndeclaredIntentTest {

  @Test
  void turnsWithUndeclaredCallsAreToldFromTheOthers() {
    UndeclaredIntent result =
        analyse(
            s ->
                s.call("b", "POL-001")
                    .call("a", "INTENT_MISSING")
                    .call("b", "INTENT_MISSING", "POL-001")
                    .call("c")
                    .turn("t1", 30L, null)
                    .call("c", "POL-004", "SCOPE_INTENT_MISMATCH")
                    .turn("t2", 60L, null)
                    .call("d", "POL-001")
                    .turn("t1", null, null)
                    .turn("t0", 1L, null));

    assertThat(result.undeclaredTurns())
        .containsExactly(
            new UndeclaredTurn(
                "t1", 30, List.of("POL-001", "INTENT_MISSING"), List.of("b", "a", "d")));
    assertThat(result.totalTokens()).isEqualTo(91);
    assertThat(result.undeclaredTokens()).isEqualTo(30);
    assertThat(result.declaredTokens()).isEqualTo(61);
    assertThat(result.undeclaredPercent()).isEqualTo(33.0);
    assertThat(result.totalTurns()).isEqualTo(3);
    assertThat(result.status()).isEqualTo(AnalysisStatus.OK);
  }

  @Test
  void onlyToolCallsMakeATurnUndeclared() {
    UndeclaredIntent result =
        analyse(
            s ->
                s.intent(null, "none", "INTENT_MISSING")
                    .registered("POL-002")
                    .memory("POL-001")
                    .turn("t1", 30L, null, "POL-001", "INTENT_MISSING"));

    assertThat(result.undeclaredTurns()).isEmpty();
    assertThat(result.status()).isEqualTo(AnalysisStatus.OK);
  }

  @Test
  void undeclaredTurnsStandInOrderOfFirstAppearance() {
    UndeclaredIntent result =
        analyse(
            s ->
                s.turnWith("t1", 1, List.of("u1"))
                    .turnWith("t2", 2, List.of("u2"))
                    .callAs("y", "READ", "u2", "POL-001")
                    .callAs("x", "READ", "u1", "POL-001"));

    assertThat(result.undeclaredTurns())
        .extracting(UndeclaredTurn::turnId)
        .containsExactly("t1", "t2");
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "null",
      value = {"null, false", "'', false", "'  ', false", "tidy up, true"})
  void anObjectiveThatIsNotBlankIsADeclaredIntent(String objective, boolean declared) {
    UndeclaredIntent result = analyse(s -> s.intent(objective, "explicit").intent(null, "none"));

    assertThat(result.sessionHasDeclaredIntent()).isEqualTo(declared);
  }

  @Test
  void toolCallsAreCountedWithOrWithoutTokens() {
    UndeclaredIntent result =
        analyse(
            s ->
                s.callAs("b", "READ", null)
                    .callAs("a", "read", null)
                    .callAs("c", "DELETE", null)
                    .callAs("c", "EXECUTE", null)
                    .callAs("d", "TELEPORT", null));

    assertThat(result.status()).isEqualTo(AnalysisStatus.NO_TURNS);
    assertThat(result.toolCalls())
        .isEqualTo(
            new ToolCalls(
                5,
                Map.of("execute", 1L, "read", 2L, "write", 0L, "delete", 1L),
                Map.of("c", 2L, "a", 1L, "b", 1L, "d", 1L)));
    assertThat(result.toMap().get("tool_calls"))
        .hasToString(
            "{total=5, by_operation={execute=1, read=2, write=0, delete=1},"
                + " by_tool={c=2, a=1, b=1, d=1}}");
  }

  @Test
  void theProfilesFlagsAreListedWithTheirTurns() {
    UndeclaredIntent result =
        analyse(
            s ->
                s.call("x", "HIGH_CONSEQUENCE_DETECTED", "TASK_BOUNDARY_CROSSED")
                    .turn("t1", 5L, null)
                    .call("y", "TASK_BOUNDARY_CROSSED"));

    assertThat(result.highConsequenceEvents())
        .containsExactly(new FlaggedEvent("e1", 1, "x", "t1"));
    assertThat(result.taskBoundaryEvents())
        .containsExactly(
            new FlaggedEvent("e1", 1, "x", "t1"), new FlaggedEvent("e3", 3, "y", null));
  }

  // DEVIATION of section 12.1: the reference has these two statuses the other way round.
  @Test
  void withoutTurnsItIsNoTurnsAndWithoutTokensItIsNoTokenData() {
    assertThat(analyse(s -> s.call("x", "POL-001")).status()).isEqualTo(AnalysisStatus.NO_TURNS);
    assertThat(analyse(s -> s.call("x", "POL-001").turn("t", null, null)).status())
        .isEqualTo(AnalysisStatus.NO_TOKEN_DATA);
  }

  @Test
  void whatIsAmissMakesTheResultPartial() {
    assertThat(analyse(s -> s.turn("t", 1L, null).call("x", "POL-001")).counters())
        .isEqualTo(new Counters(1, 0, 0, 0, 0, 0));
    assertThat(analyse(s -> s.turn("t", 1L, null).call("x", "POL-001")).status())
        .isEqualTo(AnalysisStatus.PARTIAL);
    assertThat(analyse(s -> s.turn("t", 1L, null).turn(null, 1L, null)).status())
        .isEqualTo(AnalysisStatus.PARTIAL);
    assertThat(analyse(s -> s.turn("t", 1L, null).turn("t", 2L, null)).status())
        .isEqualTo(AnalysisStatus.PARTIAL);
    assertThat(analyse(s -> s.turn("t", 1L, null, "POL-9")).status())
        .isEqualTo(AnalysisStatus.PARTIAL);
    assertThat(analyse(s -> s.turn("t", 1L, null, "ACME-101").call("x")).status())
        .isEqualTo(AnalysisStatus.OK);
    assertThat(UndeclaredIntent.of(new Session().turn("t", 1L, null).events(), 3).status())
        .isEqualTo(AnalysisStatus.PARTIAL);
  }

  @Test
  void theOutputIsInStableOrder() {
    UndeclaredIntent result =
        analyse(
            s ->
                s.call("x", "POL-001", "HIGH_CONSEQUENCE_DETECTED")
                    .turn("t1", 1L, null)
                    .turn("t2", 2L, null));

    assertThat(result.toMap())
        .hasToString(
            "{session_id=s, status=ok, session_has_declared_intent=false, total_tokens=3,"
                + " undeclared_tokens=1, declared_tokens=2, undeclared_percent=33.3,"
                + " total_turn_count=2, undeclared_turn_count=1, undeclared_turns=[{turn_id=t1,"
                + " tokens=1, reasons=[POL-001], tool_ids=[x]}], tool_calls={total=1,"
                + " by_operation={execute=0, read=0, write=1, delete=0}, by_tool={x=1}},"
                + " high_consequence_events=[{event_id=e1, event_sequence_number=1, tool_id=x,"
                + " turn_id=t1}], task_boundary_events=[], unpaired_event_count=0,"
                + " untokened_pair_count=0, dedupe_conflict_count=0, malformed_event_count=0,"
                + " unknown_rule_count=0, own_rule_count=0}");
  }

  private static UndeclaredIntent analyse(UnaryOperator<Session> session) {
    return UndeclaredIntent.of(session.apply(new Session()).events(), 0);
  }
}
