package io.governor.event;

import io.governor.TokenUsage;
import io.governor.event.EventPayload.AgentRegistered;
import io.governor.event.EventPayload.ContextSnapshot;
import io.governor.event.EventPayload.GovernanceError;
import io.governor.event.EventPayload.IntentDeclared;
import io.governor.event.EventPayload.MemoryWriteAttempt;
import io.governor.event.EventPayload.ScopeAsserted;
import io.governor.json.JsonWriter;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
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
    out.member("event_id").value(event.eventId());
    out.member("event_type").value(event.type().name());
    out.member("session_id").value(event.sessionId());
    out.member("event_sequence_number").value(event.sequence());
    out.member("previous_event_id").value(event.previousEventId());
    out.member("agent_id").value(event.agentId());
    out.member("deployment_mode").value(event.deploymentMode());
    timestamp(event.timestamp(), out.member("timestamp_utc"));
    out.member("primitive").value(event.payload().primitive());
    payload(event.payload(), out.member("payload"));
    flags(event.flags(), out.member("advisory_flags"));
    out.member("policy_violations").value(event.violations());
    out.member("simulated_consequence").value(event.consequence());
    out.member("pass_through").value((Boolean) event.passThrough());
    text("profile_fingerprint", event.profileFingerprint(), out);
    if (event.governor() != null) {
      governor(event.governor(), out.member("governor"));
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
    out.member("agent_id").value(payload.agentId());
    out.member("agent_version").value(payload.agentVersion());
    out.member("vendor_id").value(payload.vendorId());
    out.member("deployment_mode").value(payload.deploymentMode());
    out.member("declared_capabilities").value(payload.declaredCapabilities());
    out.member("owner_claim").value(payload.ownerClaim());
    out.member("policy_context").value(payload.policyContext());
    if (payload.profileLoaded()) {
      out.member("profile_loaded").value(Boolean.TRUE);
      number("profile_schema_version", payload.profileSchemaVersion(), out);
    }
    text("profile_resolution", payload.profileResolution(), out);
    text("profile_binding", payload.profileBinding(), out);
  }

  private static void intent(IntentDeclared payload, JsonWriter out) {
    out.member("stated_objective").value(payload.statedObjective());
    out.member("intent_source").value(payload.intentSource());
    out.member("intent_confidence").value(payload.intentConfidence());
    out.member("authorization_claim").value(payload.authorizationClaim());
    out.member("session_scope_hint").value(payload.sessionScopeHint());
  }

  private static void scope(ScopeAsserted payload, JsonWriter out) {
    out.member("tool_id").value(payload.toolId());
    out.member("asserted_permissions").value(payload.assertedPermissions());
    out.member("target_system").value(payload.targetSystem());
    out.member("operation_type").value(payload.operationType());
    text("tool_use_id", payload.toolUseId(), out);
    if (payload.operationClassification() != null) {
      classification(payload.operationClassification(), out.member("operation_classification"));
    }
  }

  private static void classification(OperationClassification classification, JsonWriter out) {
    out.beginObject();
    out.member("classifier").value(classification.classifier());
    out.member("classifier_version").value(classification.classifierVersion());
    out.member("complete").value((Boolean) classification.complete());
    out.member("destructive").value(classification.destructive());
    out.member("segments").beginArray();
    for (OperationClassification.Segment segment : classification.segments()) {
      segment(segment, out.item());
    }
    out.endArray().endObject();
  }

  private static void segment(OperationClassification.Segment segment, JsonWriter out) {
    out.beginObject();
    out.member("executable").value(segment.executable());
    text("subcommand", segment.subcommand(), out);
    out.member("effects").beginArray();
    for (OperationClassification.Effect effect : segment.effects()) {
      out.item().beginObject();
      out.member("domain").value(effect.domain());
      out.member("action").value(effect.action());
      out.member("destructive").value(effect.destructive());
      out.endObject();
    }
    out.endArray().endObject();
  }

  private static void snapshot(ContextSnapshot payload, JsonWriter out) {
    out.member("data_classifications").value(payload.dataClassifications());
    out.member("classification_source").value(payload.classificationSource());
    out.member("provenance").value(payload.provenance());
    out.member("retention_flags").value(payload.retentionFlags());
    out.member("context_size_tokens").value(payload.contextSizeTokens());
    TokenUsage usage = payload.usage();
    if (usage != null) {
      number("llm_prompt_tokens", usage.promptTokens(), out);
      number("llm_completion_tokens", usage.completionTokens(), out);
      number("llm_cached_read_tokens", usage.cachedReadTokens(), out);
      number("llm_cached_write_tokens", usage.cachedWriteTokens(), out);
      number("llm_reasoning_tokens", usage.reasoningTokens(), out);
      text("model_identifier", usage.model(), out);
      text("provider", usage.provider(), out);
      text("llm_turn_id", usage.turnId(), out);
    }
    text("tool_use_id", payload.toolUseId(), out);
    if (usage != null && !usage.toolUseIds().isEmpty()) {
      out.member("tool_use_ids").value(usage.toolUseIds());
    }
  }

  private static void memory(MemoryWriteAttempt payload, JsonWriter out) {
    out.member("write_type").value(payload.writeType());
    out.member("detection_mechanism").value(payload.detectionMechanism());
    out.member("target_store").value(payload.targetStore());
    out.member("write_classification").value(payload.writeClassification());
    out.member("write_size_tokens").value(payload.writeSizeTokens());
    out.member("retention_requested").value(payload.retentionRequested());
    text("tool_use_id", payload.toolUseId(), out);
  }

  private static void error(GovernanceError payload, JsonWriter out) {
    out.member("error_type").value(payload.errorType());
    out.member("severity").value(payload.severity());
    out.member("intercept_stage").value(payload.interceptStage());
    out.member("failure_reason").value(payload.failureReason());
    out.member("agent_continued").value((Boolean) payload.agentContinued());
  }

  private static void governor(GovernorMember governor, JsonWriter out) {
    out.beginObject();
    out.member("origin").value(governor.origin());
    text("call_id", governor.callId(), out);
    decision(governor, out);
    if (!governor.lost().isEmpty()) {
      out.member("lost").beginObject();
      for (Map.Entry<String, Long> loss : governor.lost().entrySet()) {
        out.member(loss.getKey()).value(loss.getValue());
      }
      out.endObject();
    }
    if (governor.chain() != null) {
      out.member("chain").beginObject();
      out.member("prev").value(governor.chain().prev());
      out.member("hash").value(governor.chain().hash());
      out.endObject();
    }
    out.endObject();
  }

  private static void decision(GovernorMember governor, JsonWriter out) {
    text("verdict", governor.verdict(), out);
    if (governor.enforced() != null) {
      out.member("enforced").value(governor.enforced());
    }
    rules(governor.rules(), out);
    detections(governor.detections(), out);
    GovernorMember.PolicyRef policy = governor.policy();
    if (policy != null) {
      out.member("policy").beginObject();
      out.member("id").value(policy.id());
      out.member("revision").value(policy.revision());
      out.member("hash").value(policy.hash());
      out.endObject();
    }
    number("latency_us", governor.latencyMicros(), out);
  }

  private static void rules(List<GovernorMember.RuleEntry> rules, JsonWriter out) {
    if (rules.isEmpty()) {
      return;
    }
    out.member("rules").beginArray();
    for (GovernorMember.RuleEntry rule : rules) {
      out.item().beginObject();
      out.member("id").value(rule.id());
      out.member("effect").value(rule.effect());
      out.member("mode").value(rule.mode());
      out.endObject();
    }
    out.endArray();
  }

  private static void detections(List<GovernorMember.Detection> detections, JsonWriter out) {
    if (detections.isEmpty()) {
      return;
    }
    out.member("detections").beginArray();
    for (GovernorMember.Detection detection : detections) {
      out.item().beginObject();
      out.member("detector").value(detection.detector());
      out.member("count").value(detection.count());
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

  private static void text(String name, @Nullable String value, JsonWriter out) {
    if (value != null) {
      out.member(name).value(value);
    }
  }

  private static void number(String name, @Nullable Long value, JsonWriter out) {
    if (value != null) {
      out.member(name).value(value);
    }
  }

  /**
   * Writes {@code YYYY-MM-DDTHH:MM:SS.mmmZ}, truncated to milliseconds; no formatter, because every
   * event has one.
   */
  private static void timestamp(@Nullable Instant instant, JsonWriter out) {
    if (instant == null) {
      out.value((String) null);
      return;
    }
    LocalDateTime utc = LocalDateTime.ofEpochSecond(instant.getEpochSecond(), 0, ZoneOffset.UTC);
    out.raw('"');
    digits(utc.getYear(), 4, out);
    digits(utc.getMonthValue(), 2, out.raw('-'));
    digits(utc.getDayOfMonth(), 2, out.raw('-'));
    digits(utc.getHour(), 2, out.raw('T'));
    digits(utc.getMinute(), 2, out.raw(':'));
    digits(utc.getSecond(), 2, out.raw(':'));
    digits(instant.getNano() / 1_000_000, 3, out.raw('.'));
    out.raw('Z').raw('"');
  }

  private static void digits(int value, int width, JsonWriter out) {
    int divisor = 1;
    for (int i = 1; i < width; i++) {
      divisor *= 10;
    }
    for (; divisor > 0; divisor /= 10) {
      out.raw((char) ('0' + value / divisor % 10));
    }
  }
}
