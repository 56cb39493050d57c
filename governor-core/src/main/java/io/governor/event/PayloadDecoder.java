package io.governor.event;

import static io.governor.event.ValueReader.BOOL;
import static io.governor.event.ValueReader.INTEGER;
import static io.governor.event.ValueReader.TEXT;
import static io.governor.event.ValueReader.TEXTS;
import static io.governor.event.ValueReader.USAGE;
import static java.util.Map.entry;

import io.governor.TokenUsage;
import io.governor.event.EventPayload.AgentRegistered;
import io.governor.event.EventPayload.ContextSnapshot;
import io.governor.event.EventPayload.GovernanceError;
import io.governor.event.EventPayload.IntentDeclared;
import io.governor.event.EventPayload.MemoryWriteAttempt;
import io.governor.event.EventPayload.ScopeAsserted;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Builds payloads (execution record, section 2.2). One shape holds the members of all types,
 * because a payload may stand before the type that says what it is.
 */
final class PayloadDecoder {

  private static final Map<String, ValueReader> EFFECT =
      Map.of("domain", TEXT, "action", TEXT, "destructive", BOOL);

  private static final Map<String, ValueReader> SEGMENT =
      Map.of("executable", TEXT, "subcommand", TEXT, "effects", ValueReader.objects(EFFECT));

  private static final Map<String, ValueReader> CLASSIFICATION =
      Map.of(
          "classifier", TEXT,
          "classifier_version", INTEGER,
          "complete", BOOL,
          "destructive", BOOL,
          "segments", ValueReader.objects(SEGMENT));

  static final Map<String, ValueReader> SHAPE =
      Map.ofEntries(
          entry("agent_id", TEXT),
          entry("agent_version", TEXT),
          entry("vendor_id", TEXT),
          entry("deployment_mode", TEXT),
          entry("declared_capabilities", TEXTS),
          entry("owner_claim", TEXT),
          entry("policy_context", TEXT),
          entry("profile_loaded", BOOL),
          entry("profile_schema_version", INTEGER),
          entry("profile_resolution", TEXT),
          entry("profile_binding", TEXT),
          entry("stated_objective", TEXT),
          entry("intent_source", TEXT),
          entry("intent_confidence", TEXT),
          entry("authorization_claim", TEXT),
          entry("session_scope_hint", TEXTS),
          entry("tool_id", TEXT),
          entry("asserted_permissions", TEXTS),
          entry("target_system", TEXT),
          entry("operation_type", TEXT),
          entry("tool_use_id", TEXT),
          entry("operation_classification", ValueReader.object(CLASSIFICATION)),
          entry("data_classifications", TEXTS),
          entry("classification_source", TEXT),
          entry("provenance", TEXTS),
          entry("retention_flags", TEXTS),
          entry("context_size_tokens", INTEGER),
          entry("llm_prompt_tokens", USAGE),
          entry("llm_completion_tokens", USAGE),
          entry("llm_cached_read_tokens", USAGE),
          entry("llm_cached_write_tokens", USAGE),
          entry("llm_reasoning_tokens", USAGE),
          entry("model_identifier", TEXT),
          entry("provider", TEXT),
          entry("llm_turn_id", TEXT),
          entry("tool_use_ids", TEXTS),
          entry("write_type", TEXT),
          entry("detection_mechanism", TEXT),
          entry("target_store", TEXT),
          entry("write_classification", TEXT),
          entry("write_size_tokens", INTEGER),
          entry("retention_requested", TEXT),
          entry("error_type", TEXT),
          entry("severity", TEXT),
          entry("intercept_stage", TEXT),
          entry("failure_reason", TEXT),
          entry("agent_continued", BOOL));

  private PayloadDecoder() {}

  static EventPayload payload(String type, String primitive, Members in) {
    return switch (type) {
      case "SCOPE_ASSERTED" -> scope(in);
      case "CONTEXT_SNAPSHOT" -> snapshot(in);
      case "MEMORY_WRITE_ATTEMPT" -> memory(in);
      case "AGENT_REGISTERED" -> registered(in);
      case "INTENT_DECLARED" -> intent(in);
      case "GOVERNANCE_ERROR" -> error(in);
      default -> new EventPayload.Unknown(new EventType(type), primitive);
    };
  }

  private static AgentRegistered registered(Members in) {
    return new AgentRegistered(
        in.textOrEmpty("agent_id"),
        in.text("agent_version"),
        in.text("vendor_id"),
        in.textOrEmpty("deployment_mode"),
        in.texts("declared_capabilities"),
        in.text("owner_claim"),
        in.text("policy_context"),
        Boolean.TRUE.equals(in.bool("profile_loaded")),
        in.number("profile_schema_version"),
        in.text("profile_resolution"),
        in.text("profile_binding"));
  }

  private static IntentDeclared intent(Members in) {
    return new IntentDeclared(
        in.text("stated_objective"),
        in.textOrEmpty("intent_source"),
        in.textOrEmpty("intent_confidence"),
        in.text("authorization_claim"),
        in.texts("session_scope_hint"));
  }

  private static ScopeAsserted scope(Members in) {
    return new ScopeAsserted(
        in.textOrEmpty("tool_id"),
        in.texts("asserted_permissions"),
        in.textOrEmpty("target_system"),
        in.textOrEmpty("operation_type"),
        in.text("tool_use_id"),
        classification(in.object("operation_classification")));
  }

  private static @Nullable OperationClassification classification(@Nullable Members in) {
    if (in == null) {
      return null;
    }
    return new OperationClassification(
        in.textOrEmpty("classifier"),
        (int) Math.max(0, Math.min(Integer.MAX_VALUE, in.numberOrZero("classifier_version"))),
        Boolean.TRUE.equals(in.bool("complete")),
        in.bool("destructive"),
        in.objects("segments").stream().map(PayloadDecoder::segment).toList());
  }

  private static OperationClassification.Segment segment(Members in) {
    return new OperationClassification.Segment(
        in.textOrEmpty("executable"),
        in.text("subcommand"),
        in.objects("effects").stream().map(PayloadDecoder::effect).toList());
  }

  private static OperationClassification.Effect effect(Members in) {
    return new OperationClassification.Effect(
        in.textOrEmpty("domain"), in.textOrEmpty("action"), in.bool("destructive"));
  }

  private static ContextSnapshot snapshot(Members in) {
    return new ContextSnapshot(
        in.texts("data_classifications"),
        in.textOrEmpty("classification_source"),
        in.texts("provenance"),
        in.texts("retention_flags"),
        in.numberOrZero("context_size_tokens"),
        usage(in),
        in.text("tool_use_id"));
  }

  private static @Nullable TokenUsage usage(Members in) {
    TokenUsage usage =
        new TokenUsage(
            in.number("llm_prompt_tokens"),
            in.number("llm_completion_tokens"),
            in.number("llm_cached_read_tokens"),
            in.number("llm_cached_write_tokens"),
            in.number("llm_reasoning_tokens"),
            in.text("model_identifier"),
            in.text("provider"),
            in.text("llm_turn_id"),
            in.texts("tool_use_ids"));
    return isNothing(usage) ? null : usage;
  }

  private static boolean isNothing(TokenUsage usage) {
    return usage.promptTokens() == null
        && usage.completionTokens() == null
        && usage.cachedReadTokens() == null
        && usage.cachedWriteTokens() == null
        && usage.reasoningTokens() == null
        && usage.model() == null
        && usage.provider() == null
        && usage.turnId() == null
        && usage.toolUseIds().isEmpty();
  }

  private static MemoryWriteAttempt memory(Members in) {
    return new MemoryWriteAttempt(
        in.textOrEmpty("write_type"),
        in.text("detection_mechanism"),
        in.textOrEmpty("target_store"),
        in.textOrEmpty("write_classification"),
        in.numberOrZero("write_size_tokens"),
        in.text("retention_requested"),
        in.text("tool_use_id"));
  }

  private static GovernanceError error(Members in) {
    return new GovernanceError(
        in.textOrEmpty("error_type"),
        in.textOrEmpty("severity"),
        in.text("intercept_stage"),
        in.textOrEmpty("failure_reason"),
        Boolean.TRUE.equals(in.bool("agent_continued")));
  }
}
