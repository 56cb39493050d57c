package io.governor;

import io.governor.event.EventPayload.AgentRegistered;
import io.governor.event.EventPayload.ContextSnapshot;
import io.governor.event.EventPayload.IntentDeclared;
import io.governor.event.EventPayload.MemoryWriteAttempt;
import io.governor.event.EventPayload.ScopeAsserted;
import io.governor.standard.Profile;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Says in the execution record's words what happened (section 2.2, defaults of section 9.2). */
final class Payloads {

  private static final String UNCLASSIFIED = "unclassified";

  private Payloads() {}

  static AgentRegistered registered(Agent agent, SessionProfile sessionProfile) {
    Profile profile = sessionProfile.profile();
    boolean fromFile = profile.fromFile();
    return new AgentRegistered(
        agent.id(),
        agent.version(),
        agent.vendorId(),
        agent.deploymentMode().wireName(),
        agent.declaredCapabilities(),
        agent.ownerClaim(),
        agent.policyContext(),
        fromFile,
        fromFile ? profile.schemaVersion() : null,
        sessionProfile.resolution(),
        sessionProfile.binding().pattern());
  }

  static IntentDeclared declared(Intent intent) {
    return new IntentDeclared(
        intent.objective(),
        intent.source().wireName(),
        intent.source().confidence(),
        intent.authorizationClaim(),
        intent.scopeHint());
  }

  static ScopeAsserted scope(ClassifiedCall classified, @Nullable String toolUseId) {
    return new ScopeAsserted(
        classified.call().name(),
        List.of(classified.operation().permission()),
        classified.target(),
        classified.operation().name(),
        toolUseId,
        classified.shell());
  }

  /** What the call brings in: its arguments, about which nothing is known. */
  static ContextSnapshot input(ClassifiedCall classified, @Nullable String toolUseId) {
    return new ContextSnapshot(
        List.of(),
        UNCLASSIFIED,
        List.of(classified.target()),
        List.of(),
        classified.call().arguments().sizeInTokens(),
        null,
        toolUseId);
  }

  static ContextSnapshot result(
      ClassifiedCall classified, ToolResult result, ResultHint hint, @Nullable String toolUseId) {
    List<String> classifications = hint.classifications();
    String source = hint.source();
    if (source == null) {
      source = classifications == null ? UNCLASSIFIED : "explicit";
    }
    List<String> provenance = hint.provenance();
    List<String> retentionFlags = hint.retentionFlags();
    return new ContextSnapshot(
        classifications == null ? List.of() : classifications,
        source,
        provenance == null ? List.of(classified.target()) : provenance,
        retentionFlags == null ? List.of() : retentionFlags,
        result.sizeInTokens(),
        hint.usage(),
        toolUseId);
  }

  static @Nullable MemoryWriteAttempt memoryWrite(
      ClassifiedCall classified, @Nullable String toolUseId) {
    if (classified.memoryWrite() == null) {
      return null;
    }
    CallHint hint = classified.hint();
    return new MemoryWriteAttempt(
        "write_to_persistence_target",
        classified.memoryWrite(),
        classified.target(),
        hint.writeClassification() == null ? UNCLASSIFIED : hint.writeClassification(),
        classified.call().arguments().sizeInTokens(),
        hint.retention(),
        toolUseId);
  }

  /** The host's own code says that it persists something. */
  static MemoryWriteAttempt persisted(String targetStore, CallHint hint, long sizeInTokens) {
    return new MemoryWriteAttempt(
        "explicit_persist",
        null,
        targetStore,
        hint.writeClassification() == null ? UNCLASSIFIED : hint.writeClassification(),
        sizeInTokens,
        hint.retention(),
        null);
  }

  /**
   * The usage of a model turn, taken from a source that saw it afterwards; judged by no rule
   * (section 9.6).
   */
  static ContextSnapshot turn(TokenUsage usage, String provenance) {
    return new ContextSnapshot(
        List.of(), UNCLASSIFIED, List.of(provenance), List.of(), usage.derivedBurn(), usage, null);
  }
}
