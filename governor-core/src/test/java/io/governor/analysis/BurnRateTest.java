package io.governor.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.governor.TokenUsage;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BurnRateTest {

  @Test
  void violationsBelongToTheNextTurnAndThoseOfASnapshotToItsOwn() {
    BurnRate burn =
        burn(
            s ->
                s.registered("POL-002")
                    .call("x", "POL-001")
                    .turn("t1", 100L, 50L)
                    .turn("t2", 200L, 0L, "POL-003")
                    .turn("t3", 400L, null)
                    .memory("POL-004")
                    .turn("t4", 800L, 1L, "POL-005"));

    assertThat(rows(burn))
        .isEqualTo(
            "POL-001: 1 turns [t1] 150, POL-002: 1 turns [t1] 150, POL-003: 1 turns [t2] 200,"
                + " POL-004: 1 turns [t4] 801, POL-005: 1 turns [t4] 801");
    assertThat(burn.totalTokens()).isEqualTo(1551);
    assertThat(burn.violationAssociatedTokens()).isEqualTo(1151);
    assertThat(burn.violationFiringTurns()).isEqualTo(3);
    assertThat(burn.violationAssociatedPercent()).isEqualTo(74.2);
    assertThat(burn.status()).isEqualTo(AnalysisStatus.OK);
  }

  @Test
  void usageRepeatedOnSeveralSnapshotsOfATurnCountsOnce() {
    BurnRate burn =
        burn(
            s ->
                s.call("x", "POL-001")
                    .turn("t1", null, null)
                    .turn("t1", 10L, 1L)
                    .turn("t1", 10L, 1L)
                    .turn("t1", 10L, null)
                    .turn("t2", 5L, null));

    assertThat(burn.totalTokens()).isEqualTo(16);
    assertThat(burn.counters().dedupeConflicts()).isZero();
    assertThat(burn.status()).isEqualTo(AnalysisStatus.OK);
  }

  @Test
  void anotherValueForATurnIsAConflictAndChangesNothing() {
    BurnRate burn =
        burn(
            s ->
                s.call("x", "POL-001")
                    .turn("t1", 10L, 1L)
                    .turn("t1", 11L, 1L)
                    .turn("t1", 11L, 2L)
                    .fullTurn("t1", 10L, 1L, 5L, null, List.of())
                    .fullTurn("t1", 10L, 1L, 0L, null, List.of()));

    assertThat(burn.totalTokens()).isEqualTo(11);
    assertThat(burn.counters().dedupeConflicts()).isEqualTo(3);
    assertThat(burn.status()).isEqualTo(AnalysisStatus.PARTIAL);
  }

  @Test
  void cacheFieldsCountEvenAlone() {
    BurnRate burn = burn(s -> s.fullTurn("t1", null, null, 30L, 12L, List.of()));

    assertThat(burn.totalTokens()).isEqualTo(42);
    assertThat(burn.status()).isEqualTo(AnalysisStatus.NO_VIOLATIONS);
  }

  @Test
  void zeroIsAMeasurement() {
    assertThat(burn(s -> s.turn("t1", 0L, null)).status()).isEqualTo(AnalysisStatus.NO_VIOLATIONS);
    assertThat(burn(s -> s.turn("t1", null, null)).status())
        .isEqualTo(AnalysisStatus.NO_TOKEN_DATA);
  }

  @Test
  void callsThatInterleaveAreAttributedByTheirIds() {
    BurnRate burn =
        burn(
            s ->
                s.callAs("x", "WRITE", "u2", "POL-001")
                    .callAs("y", "WRITE", "u1", "POL-001")
                    .snapshot(null, "u2", "POL-003")
                    .memory("POL-004")
                    .turnWith("t1", 10, List.of("u1"))
                    .turnWith("t2", 20, List.of("u2", "u1")));

    assertThat(rows(burn))
        .isEqualTo(
            "POL-001: 2 turns [t1, t2] 30, POL-003: 1 turns [t2] 20, POL-004: 1 turns [t1] 10");
    assertThat(burn.status()).isEqualTo(AnalysisStatus.OK);
  }

  @Test
  void aTurnWithSeveralViolationsOfARuleCountsOnceAndThreeTurnsAreNamed() {
    BurnRate burn =
        burn(
            s ->
                s.call("x", "POL-001")
                    .call("y", "POL-001")
                    .turn("t1", 1L, null)
                    .turn("t2", 1L, null, "POL-001")
                    .turn("t3", 1L, null, "POL-001")
                    .turn("t4", 1L, null, "POL-001"));

    assertThat(rows(burn)).isEqualTo("POL-001: 4 turns [t1, t2, t3] 4");
    assertThat(burn.notes()).isEmpty();
  }

  @Test
  void rowsThatDoNotAddUpAreExplained() {
    BurnRate burn = burn(s -> s.turn("t1", 5L, null, "POL-003", "POL-005"));
    BurnRate withoutTokens =
        burn(s -> s.turn("t1", 0L, null, "POL-003").turn("t2", 5L, null, "POL-005"));

    assertThat(burn.violationAssociatedTokens()).isEqualTo(5);
    assertThat(burn.notes()).singleElement().asString().contains("do not add up");
    assertThat(withoutTokens.notes()).isEmpty();
  }

  @Test
  void subagentsAreMentioned() {
    assertThat(burn(s -> s.callOn("agent_runtime", "run")).notes())
        .singleElement()
        .asString()
        .contains("not captured");
    assertThat(burn(s -> s.callOn("x", "Task")).subagentActivityPresent()).isTrue();
    assertThat(burn(s -> s.callOn("x", "Agent")).subagentActivityPresent()).isTrue();
    assertThat(burn(s -> s.callOn("agents", "Tasks")).subagentActivityPresent()).isFalse();
  }

  @Test
  void violationsOnDeclarationsAndErrorsDoNotCount() {
    BurnRate burn =
        burn(s -> s.intent(null, "none", "POL-001").error("POL-002", "X").turn("t1", 5L, null));

    assertThat(burn.byRule()).isEmpty();
    assertThat(burn.status()).isEqualTo(AnalysisStatus.NO_VIOLATIONS);
  }

  @Test
  void withoutTurnsThereAreNone() {
    BurnRate burn = burn(s -> s.call("x", "POL-001", "NOT A RULE-").call("y", "POL-001"));

    assertThat(burn.status()).isEqualTo(AnalysisStatus.NO_TURNS);
    assertThat(burn.unpairedByRule()).isEqualTo(Map.of("POL-001", 2L));
    assertThat(burn.counters().unpaired()).isEqualTo(2);
  }

  // DEVIATION of section 12.2: the reference says no_violations here.
  @Test
  void unpairedViolationsAloneArePartial() {
    BurnRate burn = burn(s -> s.turn("t1", 5L, null).call("x", "POL-001"));

    assertThat(burn.status()).isEqualTo(AnalysisStatus.PARTIAL);
    assertThat(burn.violationFiringTurns()).isZero();
  }

  @Test
  void usageWithoutATurnIsCountedAsUntokened() {
    BurnRate burn =
        burn(
            s ->
                s.turn("t1", 5L, null)
                    .turn(null, 5L, null)
                    .turn("", null, 5L)
                    .turn(null, null, null)
                    .snapshot(null, null));

    assertThat(burn.counters().untokenedPairs()).isEqualTo(2);
    assertThat(burn.totalTokens()).isEqualTo(5);
    assertThat(burn.status()).isEqualTo(AnalysisStatus.PARTIAL);
  }

  @Test
  void malformedLinesMakeAResultPartial() {
    List<io.governor.event.TraceEvent> events = new Session().turn("t1", 5L, null).events();

    assertThat(BurnRate.of(events, 0).status()).isEqualTo(AnalysisStatus.NO_VIOLATIONS);
    assertThat(BurnRate.of(events, 1).status()).isEqualTo(AnalysisStatus.PARTIAL);
    assertThat(BurnRate.of(events, 1).counters().malformedEvents()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"POL-006", "POL-000", "pol-001", "no-rule", "-"})
  void rulesNobodyKnowsMakeAResultPartial(String rule) {
    BurnRate burn = burn(s -> s.turn("t1", 5L, null, rule));

    assertThat(burn.counters().unknownRules()).isEqualTo(1);
    assertThat(burn.counters().ownRules()).isZero();
    assertThat(burn.byRule()).isEmpty();
    assertThat(burn.status()).isEqualTo(AnalysisStatus.PARTIAL);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ACME-101", "GOV-004"})
  void ownRulesAreCountedAndLeaveTheResultWhole(String rule) {
    BurnRate burn = burn(s -> s.call("x", rule).turn("t1", 5L, null));

    assertThat(burn.counters().ownRules()).isEqualTo(1);
    assertThat(burn.counters().unknownRules()).isZero();
    assertThat(burn.byRule()).isEmpty();
    assertThat(burn.status()).isEqualTo(AnalysisStatus.OK);
  }

  @Test
  void countsBeyondALongStayAtItsEnd() {
    BurnRate burn = burn(s -> s.turn("t1", Long.MAX_VALUE, 1L, "POL-003").turn("t2", 5L, null));

    assertThat(burn.totalTokens()).isEqualTo(Long.MAX_VALUE);
    assertThat(burn.violationAssociatedPercent()).isEqualTo(100.0);
  }

  @Test
  void noEventsGiveAnEmptyResult() {
    BurnRate burn = BurnRate.of(List.of(), 0);

    assertThat(burn.status()).isEqualTo(AnalysisStatus.NO_TURNS);
    assertThat(burn.toMap())
        .hasToString(
            "{session_id=, status=no_turns, total_tokens=0, violation_associated_tokens=0,"
                + " violation_associated_percent=0.0, violation_firing_turns=0, by_rule={},"
                + " notes=[], subagent_activity_present=false, unpaired_by_rule={},"
                + " unpaired_violation_count=0, untokened_pair_count=0, dedupe_conflict_count=0,"
                + " malformed_event_count=0, unknown_rule_count=0, own_rule_count=0}");
  }

  @Test
  void rowsInOutputCarryTheirDescription() {
    BurnRate burn = burn(s -> s.turn("t1", 5L, null, "POL-004"));

    assertThat(burn.toMap().get("by_rule"))
        .hasToString(
            "{POL-004={description=Memory writes must include classification and retention policy,"
                + " turn_count=1, token_cost=5, sample_turn_ids=[t1]}}");
  }

  @Test
  void aSnapshotWithATurnBelongsToItAndNotToTheTurnThatIssuedItsCall() {
    BurnRate burn =
        burn(
            s ->
                s.turnWith("t1", 1, List.of("u1"))
                    .snapshot(TokenUsage.ofTurn("t2", 2L, null), "u1", "POL-003"));

    assertThat(rows(burn)).isEqualTo("POL-003: 1 turns [t2] 2");
  }

  private static BurnRate burn(UnaryOperator<Session> session) {
    return BurnRate.of(session.apply(new Session()).events(), 0);
  }

  private static String rows(BurnRate burn) {
    return String.join(
        ", ",
        burn.byRule().stream()
            .map(
                row ->
                    "%s: %d turns %s %d"
                        .formatted(
                            row.rule().id(), row.turnCount(), row.sampleTurnIds(), row.tokenCost()))
            .toList());
  }
}
