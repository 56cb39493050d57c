package io.governor.event;

import io.governor.TokenUsage;
import io.governor.event.EventPayload.AgentRegistered;
import io.governor.event.EventPayload.ContextSnapshot;
import io.governor.event.EventPayload.GovernanceError;
import io.governor.event.EventPayload.IntentDeclared;
import io.governor.event.EventPayload.MemoryWriteAttempt;
import io.governor.event.EventPayload.ScopeAsserted;
import io.governor.json.JsonWriter;
import io.governor.json.MemberName;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes events in the one text form of the execution record (sections 1 to 3), so equal events
 * give equal bytes. Stateless; the line end is the trace writer's.
 */
public final class EventEncoder {

  private EventEncoder() {}

  /** Appends the event as one JSON object without a line end. */
  public static void encode(TraceEvent event, JsonWriter out) {
    out.beginObject();
    out.member(EventNames.EVENT_ID).value(event.eventId());
    out.member(EventNames.EVENT_TYPE).value(event.type().name());
    out.member(EventNames.SESSION_ID).value(event.sessionId());
    out.member(EventNames.EVENT_SEQUENCE_NUMBER).value(event.sequence());
    out.member(EventNames.PREVIOUS_EVENT_ID).value(event.previousEventId());
    out.member(EventNames.AGENT_ID).value(event.agentId());
    out.member(EventNames.DEPLOYMENT_MODE).value(event.deploymentMode());
    Timestamps.write(event.timestamp(), out.member(EventNames.TIMESTAMP_UTC));
    out.member(EventNames.PRIMITIVE).value(event.payload().primitive());
    payload(event.payload(), out.member(EventNames.PAYLOAD));
    flags(event.flags(), out.member(EventNames.ADVISORY_FLAGS));
    out.member(EventNames.POLICY_VIOLATIONS).value(event.violations());
    out.member(EventNames.SIMULATED_CONSEQUENCE).value(event.consequence());
    out.member(EventNames.PASS_THROUGH).value((Boolean) event.passThrough());
    text(EventNames.PROFILE_FINGERPRINT, event.profileFingerprint(), out);
    if (event.governor() != null) {
      governor(event.governor(), out.member(EventNames.GOVERNOR));
    }
    out.endObject();
  }

  private static void payload(EventPayload payload, JsonWriter out) {
    out.beginObject();
    if (payload instanceof ScopeAsserted scope) {
      scope(scope, out);
    } else if (payload instanceof ContextSnapshot snapshot) {
      snapshot(snapshot, out);
    } else if (payload instanceof MemoryWriteAttempt memory) {
      memory(memory, out);
    } else if (payload instanceof AgentRegistered registered) {
      registered(registered, out);
    } else if (payload instanceof IntentDeclared intent) {
      intent(intent, out);
    } else if (payload instanceof GovernanceError error) {
      error(error, out);
    }
    out.endObject();
  }

  private static void registered(AgentRegistered payload, JsonWriter out) {
    out.member(EventNames.AGENT_ID).value(payload.agentId());
    out.member(EventNames.AGENT_VERSION).value(payload.agentVersion());
    out.member(EventNames.VENDOR_ID).value(payload.vendorId());
    out.member(EventNames.DEPLOYMENT_MODE).value(payload.deploymentMode());
    out.member(EventNames.DECLARED_CAPABILITIES).value(payload.declaredCapabilities());
    out.member(EventNames.OWNER_CLAIM).value(payload.ownerClaim());
    out.member(EventNames.POLICY_CONTEXT).value(payload.policyContext());
    if (payload.profileLoaded()) {
      out.member(EventNames.PROFILE_LOADED).value(Boolean.TRUE);
      number(EventNames.PROFILE_SCHEMA_VERSION, payload.profileSchemaVersion(), out);
    }
    text(EventNames.PROFILE_RESOLUTION, payload.profileResolution(), out);
    text(EventNames.PROFILE_BINDING, payload.profileBinding(), out);
  }

  private static void intent(IntentDeclared payload, JsonWriter out) {
    out.member(EventNames.STATED_OBJECTIVE).value(payload.statedObjective());
    out.member(EventNames.INTENT_SOURCE).value(payload.intentSource());
    out.member(EventNames.INTENT_CONFIDENCE).value(payload.intentConfidence());
    out.member(EventNames.AUTHORIZATION_CLAIM).value(payload.authorizationClaim());
    out.member(EventNames.SESSION_SCOPE_HINT).value(payload.sessionScopeHint());
  }

  private static void scope(ScopeAsserted payload, JsonWriter out) {
    out.member(EventNames.TOOL_ID).value(payload.toolId());
    out.member(EventNames.ASSERTED_PERMISSIONS).value(payload.assertedPermissions());
    out.member(EventNames.TARGET_SYSTEM).value(payload.targetSystem());
    out.member(EventNames.OPERATION_TYPE).value(payload.operationType());
    text(EventNames.TOOL_USE_ID, payload.toolUseId(), out);
    if (payload.operationClassification() != null) {
      classification(
          payload.operationClassification(), out.member(EventNames.OPERATION_CLASSIFICATION));
    }
  }

  private static void classification(OperationClassification classification, JsonWriter out) {
    out.beginObject();
    out.member(EventNames.CLASSIFIER).value(classification.classifier());
    out.member(EventNames.CLASSIFIER_VERSION).value(classification.classifierVersion());
    out.member(EventNames.COMPLETE).value((Boolean) classification.complete());
    out.member(EventNames.DESTRUCTIVE).value(classification.destructive());
    out.member(EventNames.SEGMENTS).beginArray();
    for (OperationClassification.Segment segment : classification.segments()) {
      segment(segment, out.item());
    }
    out.endArray().endObject();
  }

  private static void segment(OperationClassification.Segment segment, JsonWriter out) {
    out.beginObject();
    out.member(EventNames.EXECUTABLE).value(segment.executable());
    text(EventNames.SUBCOMMAND, segment.subcommand(), out);
    out.member(EventNames.EFFECTS).beginArray();
    for (OperationClassification.Effect effect : segment.effects()) {
      out.item().beginObject();
      out.member(EventNames.DOMAIN).value(effect.domain());
      out.member(EventNames.ACTION).value(effect.action());
      out.member(EventNames.DESTRUCTIVE).value(effect.destructive());
      out.endObject();
    }
    out.endArray().endObject();
  }

  private static void snapshot(ContextSnapshot payload, JsonWriter out) {
    out.member(EventNames.DATA_CLASSIFICATIONS).value(payload.dataClassifications());
    out.member(EventNames.CLASSIFICATION_SOURCE).value(payload.classificationSource());
    out.member(EventNames.PROVENANCE).value(payload.provenance());
    out.member(EventNames.RETENTION_FLAGS).value(payload.retentionFlags());
    out.member(EventNames.CONTEXT_SIZE_TOKENS).value(payload.contextSizeTokens());
    TokenUsage usage = payload.usage();
    if (usage != null) {
      number(EventNames.LLM_PROMPT_TOKENS, usage.promptTokens(), out);
      number(EventNames.LLM_COMPLETION_TOKENS, usage.completionTokens(), out);
      number(EventNames.LLM_CACHED_READ_TOKENS, usage.cachedReadTokens(), out);
      number(EventNames.LLM_CACHED_WRITE_TOKENS, usage.cachedWriteTokens(), out);
      number(EventNames.LLM_REASONING_TOKENS, usage.reasoningTokens(), out);
      text(EventNames.MODEL_IDENTIFIER, usage.model(), out);
      text(EventNames.PROVIDER, usage.provider(), out);
      text(EventNames.LLM_TURN_ID, usage.turnId(), out);
    }
    text(EventNames.TOOL_USE_ID, payload.toolUseId(), out);
    if (usage != null && !usage.toolUseIds().isEmpty()) {
      out.member(EventNames.TOOL_USE_IDS).value(usage.toolUseIds());
    }
  }

  private static void memory(MemoryWriteAttempt payload, JsonWriter out) {
    out.member(EventNames.WRITE_TYPE).value(payload.writeType());
    out.member(EventNames.DETECTION_MECHANISM).value(payload.detectionMechanism());
    out.member(EventNames.TARGET_STORE).value(payload.targetStore());
    out.member(EventNames.WRITE_CLASSIFICATION).value(payload.writeClassification());
    out.member(EventNames.WRITE_SIZE_TOKENS).value(payload.writeSizeTokens());
    out.member(EventNames.RETENTION_REQUESTED).value(payload.retentionRequested());
    text(EventNames.TOOL_USE_ID, payload.toolUseId(), out);
  }

  private static void error(GovernanceError payload, JsonWriter out) {
    out.member(EventNames.ERROR_TYPE).value(payload.errorType());
    out.member(EventNames.SEVERITY).value(payload.severity());
    out.member(EventNames.INTERCEPT_STAGE).value(payload.interceptStage());
    out.member(EventNames.FAILURE_REASON).value(payload.failureReason());
    out.member(EventNames.AGENT_CONTINUED).value((Boolean) payload.agentContinued());
  }

  private static void governor(GovernorMember governor, JsonWriter out) {
    out.beginObject();
    out.member(EventNames.ORIGIN).value(governor.origin());
    text(EventNames.CALL_ID, governor.callId(), out);
    decision(governor, out);
    if (!governor.lost().isEmpty()) {
      out.member(EventNames.LOST).beginObject();
      for (Map.Entry<String, Long> loss : governor.lost().entrySet()) {
        out.member(loss.getKey()).value(loss.getValue());
      }
      out.endObject();
    }
    if (governor.chain() != null) {
      out.member(EventNames.CHAIN).beginObject();
      out.member(EventNames.PREV).value(governor.chain().prev());
      out.member(EventNames.HASH).value(governor.chain().hash());
      out.endObject();
    }
    out.endObject();
  }

  private static void decision(GovernorMember governor, JsonWriter out) {
    text(EventNames.VERDICT, governor.verdict(), out);
    if (governor.enforced() != null) {
      out.member(EventNames.ENFORCED).value(governor.enforced());
    }
    rules(governor.rules(), out);
    detections(governor.detections(), out);
    GovernorMember.PolicyRef policy = governor.policy();
    if (policy != null) {
      out.member(EventNames.POLICY).beginObject();
      out.member(EventNames.ID).value(policy.id());
      out.member(EventNames.REVISION).value(policy.revision());
      out.member(EventNames.HASH).value(policy.hash());
      out.endObject();
    }
    number(EventNames.LATENCY_US, governor.latencyMicros(), out);
    asked(governor.asked(), out);
    change(governor.change(), out);
  }

  private static void asked(GovernorMember.@Nullable Asked asked, JsonWriter out) {
    if (asked == null) {
      return;
    }
    out.member(EventNames.ASKED).beginObject();
    text(EventNames.BY, asked.by(), out);
    out.member(EventNames.ALLOWED).value(asked.allowed());
    out.endObject();
  }

  private static void change(GovernorMember.SessionChange change, JsonWriter out) {
    withdrawals(EventNames.WITHDREW, change.withdrew(), out);
    withdrawals(EventNames.WOULD_WITHDRAW, change.wouldWithdraw(), out);
    ifTrue(EventNames.PAUSED, change.paused(), out);
    ifTrue(EventNames.WOULD_PAUSE, change.wouldPause(), out);
    ifTrue(EventNames.RELEASED, change.released(), out);
  }

  private static void ifTrue(MemberName name, boolean value, JsonWriter out) {
    if (value) {
      out.member(name).value(Boolean.TRUE);
    }
  }

  private static void withdrawals(
      MemberName name, List<GovernorMember.Withdrawal> withdrawals, JsonWriter out) {
    if (withdrawals.isEmpty()) {
      return;
    }
    out.member(name).beginArray();
    for (GovernorMember.Withdrawal withdrawal : withdrawals) {
      out.item().beginObject();
      out.member(EventNames.TOOL).value(withdrawal.tool());
      out.member(EventNames.RULE).value(withdrawal.rule());
      out.endObject();
    }
    out.endArray();
  }

  private static void rules(List<GovernorMember.RuleEntry> rules, JsonWriter out) {
    if (rules.isEmpty()) {
      return;
    }
    out.member(EventNames.RULES).beginArray();
    for (GovernorMember.RuleEntry rule : rules) {
      out.item().beginObject();
      out.member(EventNames.ID).value(rule.id());
      out.member(EventNames.EFFECT).value(rule.effect());
      out.member(EventNames.MODE).value(rule.mode());
      out.endObject();
    }
    out.endArray();
  }

  private static void detections(List<GovernorMember.Detection> detections, JsonWriter out) {
    if (detections.isEmpty()) {
      return;
    }
    out.member(EventNames.DETECTIONS).beginArray();
    for (GovernorMember.Detection detection : detections) {
      out.item().beginObject();
      out.member(EventNames.DETECTOR).value(detection.detector());
      out.member(EventNames.COUNT).value(detection.count());
      out.endObject();
    }
    out.endArray();
  }

  private static void flags(List<AdvisoryFlag> flags, JsonWriter out) {
    out.beginArray();
    for (AdvisoryFlag flag : flags) {
      out.item().value(flag.name());
    }
    out.endArray();
  }

  private static void text(MemberName name, @Nullable String value, JsonWriter out) {
    if (value != null) {
      out.member(name).value(value);
    }
  }

  private static void number(MemberName name, @Nullable Long value, JsonWriter out) {
    if (value != null) {
      out.member(name).value(value);
    }
  }
}
