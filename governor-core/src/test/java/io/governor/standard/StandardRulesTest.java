package io.governor.standard;

import static io.governor.event.AdvisoryFlag.CONTEXT_UNCLASSIFIED;
import static io.governor.event.AdvisoryFlag.MEMORY_WRITE_CANDIDATE;
import static io.governor.event.AdvisoryFlag.MEMORY_WRITE_UNCLASSIFIED;
import static io.governor.event.AdvisoryFlag.SCOPE_INTENT_MISMATCH;
import static io.governor.event.AdvisoryFlag.SCOPE_OPERATION_UNEXPECTED;
import static io.governor.event.AdvisoryFlag.SENSITIVITY_ESCALATION;
import static org.assertj.core.api.Assertions.assertThat;

import io.governor.Operation;
import io.governor.event.EventPayload.AgentRegistered;
import io.governor.event.EventPayload.ContextSnapshot;
import io.governor.event.EventPayload.IntentDeclared;
import io.governor.event.EventPayload.MemoryWriteAttempt;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StandardRulesTest {

  @Test
  void anAgentOfWhichNothingIsKnownIsUnregistered() {
    Findings findings = StandardRules.registration(agent(null, null, null));

    assertThat(findings.violations()).containsExactly(StandardRules.POL_002);
    assertThat(findings.flags()).extracting("name").containsExactly("AGENT_UNREGISTERED");
    assertThat(findings.consequence()).startsWith("This session would have been blocked");
  }

  @Test
  void anyOneFactRegistersAnAgentAndAnEmptyTextCounts() {
    assertThat(StandardRules.registration(agent("", null, null))).isEqualTo(Findings.NONE);
    assertThat(StandardRules.registration(agent(null, "", null))).isEqualTo(Findings.NONE);
    assertThat(StandardRules.registration(agent(null, null, ""))).isEqualTo(Findings.NONE);
    assertThat(StandardRules.registration(agent(null, null, null, "crm.read")))
        .isEqualTo(Findings.NONE);
  }

  @Test
  void anIntentWithoutASourceIsMissingAndAnExplicitOneWithoutObjectiveIsNot() {
    IntentDeclared none = new IntentDeclared(null, "none", "unknown", null, List.of());
    IntentDeclared explicit = new IntentDeclared(null, "explicit", "explicit", null, List.of());

    assertThat(StandardRules.intent(none).flags()).extracting("name").contains("INTENT_MISSING");
    assertThat(StandardRules.intent(none).violations()).isEmpty();
    assertThat(StandardRules.intent(explicit)).isEqualTo(Findings.NONE);
  }

  /** Baseline: objective ({@code -} for null) and hint; {@code none} for no baseline at all. */
  @ParameterizedTest(name = "{0} {1} against objective {2}, hint {3}")
  @CsvSource({
    "READ,    crm,    none, '',          false, true",
    "WRITE,   crm,    none, '',          true,  true",
    "READ,    crm,    -,    '',          false, true",
    "DELETE,  crm,    -,    crm.read,    true,  false",
    "WRITE,   crm,    '',   crm.read,    false, false",
    "WRITE,   crm,    x,    crm,         false, false",
    "EXECUTE, crm2,   x,    crm.read,    false, false",
    "READ,    crmx,   x,    crm.read,    false, false",
    "READ,    cr,     x,    crm.read,    false, true",
    "READ,    CRM,    x,    crm.read,    false, false",
    "READ,    crm,    x,    CRM.read,    false, false",
    "READ,    any,    x,    .x,          false, false",
    "READ,    mail,   x,    crm.read|fs, false, true",
    "WRITE,   shell/filesystem, x, shell, false, false",
  })
  void aCallIsComparedWithTheBaseline(
      Operation operation,
      String target,
      String objective,
      String hint,
      boolean unexpected,
      boolean mismatch) {
    SessionState state = SessionState.START;
    if (!objective.equals("none")) {
      List<String> hints = hint.isEmpty() ? List.of() : Arrays.asList(hint.split("\\|"));
      state = state.declared(baseline(objective.equals("-") ? null : objective, "explicit", hints));
    }

    Findings findings = scope(state, operation, target);

    assertThat(findings.flags().contains(SCOPE_OPERATION_UNEXPECTED)).isEqualTo(unexpected);
    assertThat(findings.flags().contains(SCOPE_INTENT_MISMATCH)).isEqualTo(mismatch);
    boolean violated = unexpected || mismatch;
    assertThat(findings.violations().contains(StandardRules.POL_001)).isEqualTo(violated);
    if (violated) {
      String word = operation == Operation.READ ? "This READ operation" : "This WRITE operation";
      assertThat(findings.consequence()).startsWith(word);
    } else {
      assertThat(findings.consequence()).isNull();
    }
  }

  @Test
  void anEmptyHintEntryMatchesEverything() {
    SessionState state = SessionState.START.declared(baseline("x", "explicit", List.of("")));

    assertThat(scope(state, Operation.READ, "whatever")).isEqualTo(Findings.NONE);
  }

  @Test
  void theFirstStatedIntentStaysTheBaselineAndOneOfNoSourceGivesWay() {
    SessionState.Baseline none = baseline(null, "none", List.of());
    SessionState.Baseline first = baseline("a", "inferred", List.of());
    SessionState.Baseline second = baseline("b", "explicit", List.of());

    assertThat(SessionState.START.declared(none).declared(first).declared(second).baseline())
        .isEqualTo(first);
    assertThat(SessionState.START.declared(none).declared(none).baseline()).isEqualTo(none);
  }

  @Test
  void sensitivityIsComparedWithTheSnapshotBeforeAndNotOnTheFirst() {
    SessionState state = SessionState.START;
    List<Boolean> escalations = new java.util.ArrayList<>();
    for (List<String> labels :
        List.of(
            List.of("restricted"),
            List.of("public"),
            List.of("PII"),
            List.of("internal"),
            List.of("internal", "confidential"),
            List.of("homemade"),
            List.of("public"))) {
      ContextSnapshot snapshot = snapshot(labels, "explicit");
      Findings findings = StandardRules.snapshot(state, snapshot, false);
      escalations.add(findings.violations().contains(StandardRules.POL_005));
      assertThat(findings.flags().contains(SENSITIVITY_ESCALATION))
          .isEqualTo(findings.violations().contains(StandardRules.POL_005));
      state = state.snapshot(SensitivityTier.of(labels));
    }

    assertThat(escalations).containsExactly(false, false, true, false, true, false, true);
  }

  @Test
  void anAuthorizationRemovesTheViolationAndNotTheFlag() {
    SessionState state = SessionState.START.snapshot(SensitivityTier.PUBLIC);

    Findings findings = StandardRules.snapshot(state, snapshot(List.of("pii"), "explicit"), true);

    assertThat(findings.flags()).containsExactly(SENSITIVITY_ESCALATION);
    assertThat(findings.violations()).isEmpty();
    assertThat(findings.consequence()).isNull();
  }

  @Test
  void anUnclassifiedSnapshotIsAViolationWhateverItsLabelsAndItsSentenceComesFirst() {
    SessionState state = SessionState.START.snapshot(SensitivityTier.PUBLIC);

    Findings findings =
        StandardRules.snapshot(state, snapshot(List.of("pii"), "unclassified"), false);

    assertThat(findings.flags()).containsExactly(CONTEXT_UNCLASSIFIED, SENSITIVITY_ESCALATION);
    assertThat(findings.violations()).containsExactly(StandardRules.POL_003, StandardRules.POL_005);
    assertThat(findings.consequence()).startsWith("Downstream tool calls");
  }

  @ParameterizedTest(name = "{0}, class {1}, kept {2}")
  @CsvSource({
    "write_to_persistence_target, unclassified, ,     true,  true,  true",
    "write_to_persistence_target, internal,     ,     true,  false, true",
    "write_to_persistence_target, internal,     P30D, true,  false, false",
    "write_to_persistence_target, unclassified, P30D, true,  true,  true",
    "write_to_persistence_target, Unclassified, P30D, true,  false, false",
    "explicit_persist,            internal,     ,     false, false, true",
    "explicit_persist,            internal,     P1D,  false, false, false",
  })
  void aMemoryWriteNeedsClassAndRetention(
      String type,
      String classification,
      String retention,
      boolean candidate,
      boolean unclassified,
      boolean violated) {
    MemoryWriteAttempt event =
        new MemoryWriteAttempt(type, null, "s", classification, 1, retention, null);

    Findings findings = StandardRules.memory(event);

    assertThat(findings.flags().contains(MEMORY_WRITE_CANDIDATE)).isEqualTo(candidate);
    assertThat(findings.flags().contains(MEMORY_WRITE_UNCLASSIFIED)).isEqualTo(unclassified);
    assertThat(findings.violations().contains(StandardRules.POL_004)).isEqualTo(violated);
    assertThat(findings.consequence() != null).isEqualTo(violated);
  }

  private static Findings scope(SessionState state, Operation operation, String target) {
    return StandardRules.scope(
        state, Profile.defaults(), "tool", new ScopeMark(target, operation), null, Duration.ZERO);
  }

  private static SessionState.Baseline baseline(
      String objective, String source, List<String> hint) {
    return new SessionState.Baseline(objective, source, hint);
  }

  private static ContextSnapshot snapshot(List<String> labels, String source) {
    return new ContextSnapshot(labels, source, List.of(), List.of(), 1, null, null);
  }

  private static AgentRegistered agent(
      String version, String vendor, String owner, String... capabilities) {
    return new AgentRegistered(
        "a",
        version,
        vendor,
        "vendor_managed",
        List.of(capabilities),
        owner,
        "context",
        false,
        null,
        null,
        null);
  }
}
