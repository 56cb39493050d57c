package io.governor.standard;

import io.governor.Operation;
import io.governor.RuleId;
import io.governor.event.AdvisoryFlag;
import io.governor.event.EventPayload.AgentRegistered;
import io.governor.event.EventPayload.ContextSnapshot;
import io.governor.event.EventPayload.IntentDeclared;
import io.governor.event.EventPayload.MemoryWriteAttempt;
import io.governor.event.OperationClassification;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The five standard rules, exactly as the execution record gives them (section 6). Pure functions
 * of an event's payload and the session's state; stateless.
 */
public final class StandardRules {

  /** Undeclared intent or scope. */
  public static final RuleId POL_001 = RuleId.of("POL-001");

  /** Unregistered agent. */
  public static final RuleId POL_002 = RuleId.of("POL-002");

  /** Unclassified context. */
  public static final RuleId POL_003 = RuleId.of("POL-003");

  /** Ungoverned memory write. */
  public static final RuleId POL_004 = RuleId.of("POL-004");

  /** Sensitivity escalation. */
  public static final RuleId POL_005 = RuleId.of("POL-005");

  /** All five, ascending; counts always name them, zeros included. */
  public static final List<RuleId> ALL = List.of(POL_001, POL_002, POL_003, POL_004, POL_005);

  private static final String WRITE_BLOCKED =
      "This WRITE operation would have been blocked. The agent must declare intent before executing"
          + " mutating operations.";
  private static final String READ_FLAGGED =
      "This READ operation would have been flagged. The agent must declare intent before operating.";

  private static final Findings UNREGISTERED =
      new Findings(
          List.of(AdvisoryFlag.AGENT_UNREGISTERED),
          List.of(POL_002),
          "This session would have been blocked at the central server. Unregistered agents cannot"
              + " access tools.");
  private static final Findings INTENT_MISSING =
      new Findings(List.of(AdvisoryFlag.INTENT_MISSING), List.of(), null);
  private static final String UNCLASSIFIED =
      "Downstream tool calls requiring classified context would have been restricted until"
          + " classification was provided.";
  private static final String ESCALATED =
      "This context escalation would have triggered a boundary check. The session would have been"
          + " paused pending authorization review.";
  private static final String UNGOVERNED_WRITE =
      "This write would have been blocked. Memory writes require both classification and a retention"
          + " policy.";

  private StandardRules() {}

  /**
   * POL-002: version, vendor and owner all null and no declared capability. An empty text counts as
   * given.
   */
  public static Findings registration(AgentRegistered event) {
    boolean unknown =
        event.agentVersion() == null
            && event.vendorId() == null
            && event.ownerClaim() == null
            && event.declaredCapabilities().isEmpty();
    return unknown ? UNREGISTERED : Findings.NONE;
  }

  /** No rule; a flag when no intent was stated. */
  public static Findings intent(IntentDeclared event) {
    return "none".equals(event.intentSource()) ? INTENT_MISSING : Findings.NONE;
  }

  /**
   * POL-001 and the effects of the profile (sections 6.4 and 7.4).
   *
   * @param state the session before the call
   * @param sincePrevious the time since the previous call; not negative
   */
  public static Findings scope(
      SessionState state,
      Profile profile,
      String toolId,
      ScopeMark mark,
      @Nullable OperationClassification classification,
      Duration sincePrevious) {
    List<AdvisoryFlag> flags = new ArrayList<>(4);
    if (mark.operation().mutates() && lacksObjective(state.baseline())) {
      flags.add(AdvisoryFlag.SCOPE_OPERATION_UNEXPECTED);
    }
    if (!covers(state.baseline(), mark.targetSystem())) {
      flags.add(AdvisoryFlag.SCOPE_INTENT_MISMATCH);
    }
    boolean violated = !flags.isEmpty() && recorded(mark.operation(), state, profile);
    SessionState.LastScope previous = state.lastScope();
    if (previous != null && profile.crossesTaskBoundary(previous.mark(), mark, sincePrevious)) {
      flags.add(AdvisoryFlag.TASK_BOUNDARY_CROSSED);
    }
    if (profile.isHighConsequence(toolId, mark.targetSystem(), classification)) {
      flags.add(AdvisoryFlag.HIGH_CONSEQUENCE_DETECTED);
    }
    if (flags.isEmpty()) {
      return Findings.NONE;
    }
    return violated
        ? new Findings(flags, List.of(POL_001), consequence(mark.operation()))
        : new Findings(flags, List.of(), null);
  }

  private static boolean lacksObjective(SessionState.@Nullable Baseline baseline) {
    return baseline == null || baseline.objective() == null;
  }

  private static boolean covers(SessionState.@Nullable Baseline baseline, String targetSystem) {
    if (baseline == null) {
      return false;
    }
    String target = targetSystem.toLowerCase(Locale.ROOT);
    for (String entry : baseline.scopeHint()) {
      String hint = entry.toLowerCase(Locale.ROOT);
      int dot = hint.indexOf('.');
      String prefix = dot < 0 ? hint : hint.substring(0, dot);
      if (target.startsWith(prefix) || target.equals(hint)) {
        return true;
      }
    }
    return false;
  }

  /** POL-001 gating by the profile's {@code demand_at}; flags stay. */
  private static boolean recorded(Operation operation, SessionState state, Profile profile) {
    return switch (profile.demandAt()) {
      case NEVER -> false;
      case FIRST_WRITE -> !operation.mutates() || !state.firstWriteRecorded();
      case SESSION_START -> true;
    };
  }

  private static String consequence(Operation operation) {
    return operation == Operation.READ ? READ_FLAGGED : WRITE_BLOCKED;
  }

  /**
   * POL-003 and POL-005. Compares with the snapshot before, not with the highest one.
   *
   * @param state the session before the snapshot
   * @param authorized whether the host stated an authorization for this snapshot
   */
  public static Findings snapshot(SessionState state, ContextSnapshot event, boolean authorized) {
    boolean unclassified = "unclassified".equals(event.classificationSource());
    SensitivityTier tier = SensitivityTier.of(event.dataClassifications());
    boolean escalated =
        state.tier() != SensitivityTier.NO_SNAPSHOT && tier.compareTo(state.tier()) > 0;
    if (!unclassified && !escalated) {
      return Findings.NONE;
    }
    List<AdvisoryFlag> flags = new ArrayList<>(2);
    List<RuleId> violations = new ArrayList<>(2);
    if (unclassified) {
      flags.add(AdvisoryFlag.CONTEXT_UNCLASSIFIED);
      violations.add(POL_003);
    }
    if (escalated) {
      flags.add(AdvisoryFlag.SENSITIVITY_ESCALATION);
      if (!authorized) {
        violations.add(POL_005);
      }
    }
    String consequence = unclassified ? UNCLASSIFIED : authorized ? null : ESCALATED;
    return new Findings(flags, violations, consequence);
  }

  /**
   * POL-004. A classified write without retention is a violation without MEMORY_WRITE_UNCLASSIFIED.
   */
  public static Findings memory(MemoryWriteAttempt event) {
    boolean unclassified = event.writeClassification().equals("unclassified");
    List<AdvisoryFlag> flags = new ArrayList<>(2);
    if (unclassified) {
      flags.add(AdvisoryFlag.MEMORY_WRITE_UNCLASSIFIED);
    }
    if (event.writeType().equals("write_to_persistence_target")) {
      flags.add(AdvisoryFlag.MEMORY_WRITE_CANDIDATE);
    }
    boolean violated = unclassified || event.retentionRequested() == null;
    return new Findings(
        flags, violated ? List.of(POL_004) : List.of(), violated ? UNGOVERNED_WRITE : null);
  }
}
