package io.governor.event;

import io.governor.TokenUsage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an event says, by type (execution record, section 2.2). Enumerated members are text, so that
 * words of later versions survive being read; the writer takes them from the enums of {@code
 * io.governor}. All payloads are immutable. A null member is written as {@code null}, or left out
 * where the record says <i>omit</i>.
 */
public sealed interface EventPayload {

  /** The type of the event that carries this payload. */
  EventType type();

  /** The word of member {@code primitive} that goes with the type. */
  String primitive();

  /** AGENT_REGISTERED. The last four members stand only with a profile file. */
  record AgentRegistered(
      String agentId,
      @Nullable String agentVersion,
      @Nullable String vendorId,
      String deploymentMode,
      List<String> declaredCapabilities,
      @Nullable String ownerClaim,
      @Nullable String policyContext,
      boolean profileLoaded,
      @Nullable Long profileSchemaVersion,
      @Nullable String profileResolution,
      @Nullable String profileBinding)
      implements EventPayload {

    public AgentRegistered {
      declaredCapabilities = List.copyOf(declaredCapabilities);
    }

    @Override
    public EventType type() {
      return EventType.AGENT_REGISTERED;
    }

    @Override
    public String primitive() {
      return "REGISTRATION";
    }
  }

  /** INTENT_DECLARED. */
  record IntentDeclared(
      @Nullable String statedObjective,
      String intentSource,
      String intentConfidence,
      @Nullable String authorizationClaim,
      List<String> sessionScopeHint)
      implements EventPayload {

    public IntentDeclared {
      sessionScopeHint = List.copyOf(sessionScopeHint);
    }

    @Override
    public EventType type() {
      return EventType.INTENT_DECLARED;
    }

    @Override
    public String primitive() {
      return "INTENT";
    }

    @Override
    public String toString() {
      return "IntentDeclared[" + intentSource + "]";
    }
  }

  /** SCOPE_ASSERTED: one per tool call, before it. */
  record ScopeAsserted(
      String toolId,
      List<String> assertedPermissions,
      String targetSystem,
      String operationType,
      @Nullable String toolUseId,
      @Nullable OperationClassification operationClassification)
      implements EventPayload {

    public ScopeAsserted {
      assertedPermissions = List.copyOf(assertedPermissions);
    }

    @Override
    public EventType type() {
      return EventType.SCOPE_ASSERTED;
    }

    @Override
    public String primitive() {
      return "SCOPE";
    }
  }

  /**
   * CONTEXT_SNAPSHOT.
   *
   * @param contextSizeTokens an estimate of the snapshot's size in tokens, not the model's usage
   * @param usage the model's usage of the turn and the calls it issued, or null
   */
  record ContextSnapshot(
      List<String> dataClassifications,
      String classificationSource,
      List<String> provenance,
      List<String> retentionFlags,
      long contextSizeTokens,
      @Nullable TokenUsage usage,
      @Nullable String toolUseId)
      implements EventPayload {

    /** Provenance of usage that was read from a Claude Code transcript. */
    public static final String TRANSCRIPT = "claude_code_transcript";

    /** Provenance of usage that a hook around model requests was told. */
    public static final String MODEL_HOOK = "model_hook";

    public ContextSnapshot {
      dataClassifications = List.copyOf(dataClassifications);
      provenance = List.copyOf(provenance);
      retentionFlags = List.copyOf(retentionFlags);
    }

    /**
     * Whether it only tells what a model turn used, learned afterwards: no rule judges it, and a
     * session's state does not know of it (execution record, sections 6.1 and 9.6).
     */
    public boolean tellsUsageOnly() {
      return provenance.contains(TRANSCRIPT) || provenance.contains(MODEL_HOOK);
    }

    @Override
    public EventType type() {
      return EventType.CONTEXT_SNAPSHOT;
    }

    @Override
    public String primitive() {
      return "CONTEXT";
    }
  }

  /** MEMORY_WRITE_ATTEMPT. */
  record MemoryWriteAttempt(
      String writeType,
      @Nullable String detectionMechanism,
      String targetStore,
      String writeClassification,
      long writeSizeTokens,
      @Nullable String retentionRequested,
      @Nullable String toolUseId)
      implements EventPayload {

    @Override
    public EventType type() {
      return EventType.MEMORY_WRITE_ATTEMPT;
    }

    @Override
    public String primitive() {
      return "MEMORY";
    }
  }

  /** GOVERNANCE_ERROR: occurs in foreign traces; ours go to the log instead. */
  record GovernanceError(
      String errorType,
      String severity,
      @Nullable String interceptStage,
      String failureReason,
      boolean agentContinued)
      implements EventPayload {

    @Override
    public EventType type() {
      return EventType.GOVERNANCE_ERROR;
    }

    @Override
    public String primitive() {
      return "SYSTEM";
    }
  }

  /** The payload of a type this version does not know; its members are not kept. */
  record Unknown(EventType type, String primitive) implements EventPayload {}
}
