package io.governor.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.governor.analysis.Pulse.Status;
import io.governor.event.AdvisoryFlag;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PulseTest {

  @ParameterizedTest
  @CsvSource({
    "OK, OK, OK",
    "NO_VIOLATIONS, OK, OK",
    "NO_TURNS, OK, LIMITED",
    "OK, NO_TOKEN_DATA, LIMITED",
    "NO_VIOLATIONS, NO_TURNS, LIMITED",
    "NO_TURNS, NO_TURNS, NO_SIGNAL",
    "NO_TOKEN_DATA, NO_TURNS, NO_SIGNAL",
    "PARTIAL, OK, PARTIAL",
    "OK, PARTIAL, PARTIAL",
    "PARTIAL, NO_TURNS, PARTIAL",
  })
  void theStatusIsMadeOfBoth(AnalysisStatus one, AnalysisStatus other, Status pulse) {
    assertThat(Status.of(List.of(one, other))).isEqualTo(pulse);
    assertThat(Status.of(List.of(other, one))).isEqualTo(pulse);
  }

  @Test
  void theTenFlagsOfTheSharedFormatAreCountedZerosIncluded() {
    Pulse pulse =
        pulse(
            s ->
                s.registered("AGENT_UNREGISTERED")
                    .call("x", "SCOPE_INTENT_MISMATCH", "ENFORCEMENT_BYPASSED")
                    .call("x", "SCOPE_INTENT_MISMATCH", "LATER"));

    assertThat(pulse.flags()).hasSize(10);
    assertThat(pulse.flags())
        .containsEntry(AdvisoryFlag.AGENT_UNREGISTERED, 1L)
        .containsEntry(AdvisoryFlag.SCOPE_INTENT_MISMATCH, 2L)
        .containsEntry(AdvisoryFlag.HIGH_CONSEQUENCE_DETECTED, 0L);
  }

  // DEVIATION of section 12.4: the reference counts snapshots.
  @Test
  void aTurnOfSeveralSnapshotsIsOneTurn() {
    Pulse pulse =
        pulse(s -> s.turn("t1", 1L, null).turn("t1", 1L, null).turn("t2", 1L, null).call("x"));

    assertThat(pulse.totalTurns()).isEqualTo(2);
    assertThat(pulse.totalEvents()).isEqualTo(4);
  }

  @Test
  void theDurationGoesFromTheEarliestToTheLatestTimeInWholeSeconds() {
    Pulse pulse =
        pulse(
            s ->
                s.at("2026-01-01T00:00:05.500Z")
                    .call("x")
                    .at(null)
                    .call("x")
                    .at("2026-01-01T00:00:01.000Z")
                    .call("x")
                    .at("2026-01-01T00:01:00.999Z")
                    .call("x"));

    assertThat(pulse.durationSeconds()).isEqualTo(59);
    assertThat(pulse(s -> s.call("x")).durationSeconds()).isZero();
    assertThat(pulse(s -> s.at(null).call("x").call("x")).durationSeconds()).isZero();
    assertThat(pulse(s -> s).durationSeconds()).isZero();
  }

  @Test
  void theOutputHoldsBothResults() {
    Pulse pulse = Pulse.of(new Session().turn("t1", 1L, null).events(), 0);

    assertThat(pulse.toMap().keySet())
        .containsExactly(
            "session_id",
            "status",
            "session_summary",
            "undeclared_intent",
            "policy_violations_burn_rate",
            "advisory_flag_summary");
    assertThat(pulse.toMap())
        .containsEntry("session_id", "s")
        .containsEntry("status", "ok")
        .containsEntry("undeclared_intent", pulse.undeclaredIntent().toMap())
        .containsEntry("policy_violations_burn_rate", pulse.burnRate().toMap());
    assertThat(pulse.toMap().get("session_summary"))
        .hasToString("{total_events=1, total_turns=1, session_duration_seconds=0}");
    assertThat(pulse.toMap().get("advisory_flag_summary"))
        .hasToString(
            "{AGENT_UNREGISTERED=0, INTENT_MISSING=0, SCOPE_OPERATION_UNEXPECTED=0,"
                + " SCOPE_INTENT_MISMATCH=0, CONTEXT_UNCLASSIFIED=0, SENSITIVITY_ESCALATION=0,"
                + " MEMORY_WRITE_UNCLASSIFIED=0, MEMORY_WRITE_CANDIDATE=0,"
                + " TASK_BOUNDARY_CROSSED=0, HIGH_CONSEQUENCE_DETECTED=0}");
  }

  private static Pulse pulse(UnaryOperator<Session> session) {
    return Pulse.of(session.apply(new Session()).events(), 0);
  }
}
