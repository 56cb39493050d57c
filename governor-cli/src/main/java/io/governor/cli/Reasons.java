package io.governor.cli;

import io.governor.event.AdvisoryFlag;
import io.governor.event.EventPayload.IntentDeclared;
import io.governor.event.EventPayload.MemoryWriteAttempt;
import io.governor.event.EventPayload.ScopeAsserted;
import io.governor.event.OperationClassification;
import io.governor.event.TraceEvent;
import io.governor.standard.SensitivityTier;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Why the standard rules and flags stand on one event, in sentences. Immutable. */
final class Reasons {

  private final TraceEvent event;
  private final SessionReplay.Before before;

  Reasons(TraceEvent event, SessionReplay.Before before) {
    this.event = event;
    this.before = before;
  }

  /** Why a standard rule fired: mostly, what its flags say. */
  String standardRule(String rule) {
    return switch (rule) {
      case "POL-001" -> scope();
      case "POL-002" -> registration();
      case "POL-003" -> unclassified();
      case "POL-004" -> memory();
      case "POL-005" -> escalation() + " No authorization was stated for it.";
      default -> "";
    };
  }

  String flag(AdvisoryFlag flag) {
    return switch (flag.name()) {
      case "AGENT_UNREGISTERED" -> registration();
      case "INTENT_MISSING" -> "The declaration's source is none.";
      case "SCOPE_OPERATION_UNEXPECTED" -> operation();
      case "SCOPE_INTENT_MISMATCH" -> target();
      case "CONTEXT_UNCLASSIFIED" -> unclassified();
      case "SENSITIVITY_ESCALATION" -> escalation();
      case "MEMORY_WRITE_UNCLASSIFIED", "MEMORY_WRITE_CANDIDATE" -> memory();
      case "TASK_BOUNDARY_CROSSED" -> boundary();
      case "HIGH_CONSEQUENCE_DETECTED" -> consequence();
      case "ENFORCEMENT_BYPASSED" -> bypassed();
      case "TOOL_UNKNOWN" -> "The agent has no tool of that name; nothing ran.";
      case "TOOL_SHADOWED" -> "A tool of another server that is pinned has the same name.";
      default -> "This version does not know the flag.";
    };
  }

  private static String registration() {
    return "The registration states no version, no vendor, no owner and no capabilities.";
  }

  private String scope() {
    boolean operation = event.flags().contains(AdvisoryFlag.SCOPE_OPERATION_UNEXPECTED);
    boolean target = event.flags().contains(AdvisoryFlag.SCOPE_INTENT_MISMATCH);
    if (operation && target && before.baseline() != null) {
      return operation() + " " + target();
    }
    return operation ? operation() : target();
  }

  private String operation() {
    String call = event.payload() instanceof ScopeAsserted scope ? scope.operationType() : "call";
    return before.baseline() == null
        ? "A " + call + " came before any intent was declared."
        : "A " + call + " came without an objective: " + declaration() + " states none.";
  }

  private String target() {
    String target =
        event.payload() instanceof ScopeAsserted scope
            ? quoted(scope.targetSystem())
            : "the target";
    IntentDeclared intent = intent();
    if (intent == null) {
      return "No intent was declared before the call on " + target + ".";
    }
    return intent.sessionScopeHint().isEmpty()
        ? "The target "
            + target
            + " is not covered: the scope hint of "
            + declaration()
            + " is empty."
        : "The target "
            + target
            + " is not covered by the scope hint of "
            + declaration()
            + ": "
            + list(intent.sessionScopeHint())
            + ".";
  }

  private @Nullable IntentDeclared intent() {
    TraceEvent baseline = before.baseline();
    return baseline != null && baseline.payload() instanceof IntentDeclared intent ? intent : null;
  }

  private String declaration() {
    TraceEvent baseline = before.baseline();
    return baseline == null ? "the intent" : "the intent of event " + baseline.sequence();
  }

  private static String unclassified() {
    return "Nobody classified the data: its classification source is unclassified.";
  }

  private String escalation() {
    TraceEvent previous = before.snapshot();
    String now = word(SessionReplay.tier(event));
    return previous == null
        ? "The data is " + now + "."
        : "The data is "
            + now
            + ", that of the snapshot before it (event "
            + previous.sequence()
            + ") was "
            + word(SessionReplay.tier(previous))
            + ".";
  }

  private static String word(SensitivityTier tier) {
    return switch (tier) {
      case NO_SNAPSHOT, UNKNOWN -> "of no known tier";
      default -> tier.name().toLowerCase(Locale.ROOT);
    };
  }

  private String memory() {
    if (!(event.payload() instanceof MemoryWriteAttempt memory)) {
      return "";
    }
    String how =
        memory.detectionMechanism() == null
            ? "stated by the host"
            : "recognised by " + memory.detectionMechanism();
    String classification =
        "unclassified".equals(memory.writeClassification())
            ? "it has no classification"
            : "it is classified " + quoted(memory.writeClassification());
    String retention =
        memory.retentionRequested() == null
            ? "no retention was asked for"
            : "its retention is " + quoted(memory.retentionRequested());
    return "The write to "
        + quoted(memory.targetStore())
        + " ("
        + how
        + "): "
        + classification
        + ", "
        + retention
        + ".";
  }

  private String boundary() {
    TraceEvent previous = before.scope();
    if (previous == null || !(previous.payload() instanceof ScopeAsserted last)) {
      return "The profile's signals tell this call from the one before it.";
    }
    Instant then = previous.timestamp();
    Instant now = event.timestamp();
    String gap =
        then == null || now == null
            ? ""
            : ", " + Math.max(0, Duration.between(then, now).toSeconds()) + " s earlier";
    return "The call before it (event "
        + previous.sequence()
        + gap
        + ") was "
        + last.operationType()
        + " on "
        + quoted(last.targetSystem())
        + "; by the profile's signals that was another task.";
  }

  private String consequence() {
    if (!(event.payload() instanceof ScopeAsserted scope)) {
      return "";
    }
    String subject = quoted(scope.toolId() + ":" + scope.targetSystem());
    OperationClassification shell = scope.operationClassification();
    return shell == null
        ? "A pattern of the profile matches " + subject + "."
        : "The profile matches "
            + subject
            + " or what its command would do: "
            + effects(shell)
            + ".";
  }

  private static String effects(OperationClassification shell) {
    return shell.segments().stream()
        .flatMap(segment -> segment.effects().stream())
        .map(effect -> effect.domain() + " " + effect.action())
        .distinct()
        .collect(Collectors.joining(", "));
  }

  private String bypassed() {
    TraceEvent call = before.blockedCall();
    return call == null
        ? "It is the result of a call that was blocked."
        : "It is the result of the call of event " + call.sequence() + ", which was blocked.";
  }

  private static String list(List<String> entries) {
    return entries.stream().map(Reasons::quoted).collect(Collectors.joining(", "));
  }

  private static String quoted(String text) {
    return '"' + text + '"';
  }
}
