package io.governor.analysis;

import io.governor.event.EventPayload;
import io.governor.event.EventPayload.AgentRegistered;
import io.governor.event.EventPayload.ContextSnapshot;
import io.governor.event.EventPayload.GovernanceError;
import io.governor.event.EventPayload.IntentDeclared;
import io.governor.event.EventPayload.MemoryWriteAttempt;
import io.governor.event.EventPayload.ScopeAsserted;
import io.governor.event.TraceEvent;

/** An event in one line of the {@link RawView}. */
final class EventSummary {

  private EventSummary() {}

  static String of(TraceEvent event) {
    EventPayload payload = event.payload();
    if (payload instanceof ScopeAsserted scope) {
      return Shown.or(scope.operationType(), "?")
          + " "
          + Shown.or(scope.toolId(), "?")
          + " → "
          + Shown.or(scope.targetSystem(), "?");
    }
    if (payload instanceof ContextSnapshot snapshot) {
      return snapshot(snapshot);
    }
    if (payload instanceof MemoryWriteAttempt memory) {
      return memory(memory);
    }
    if (payload instanceof AgentRegistered registered) {
      return "Agent "
          + Shown.or(registered.agentId(), "?")
          + " ("
          + Shown.or(registered.agentVersion(), "no version")
          + ")";
    }
    if (payload instanceof IntentDeclared intent) {
      return "Objective: '"
          + Shown.or(intent.statedObjective(), "[none]")
          + "'  source="
          + Shown.or(intent.intentSource(), "?");
    }
    if (payload instanceof GovernanceError error) {
      return Shown.or(error.errorType(), "?")
          + "  severity="
          + Shown.or(error.severity(), "?")
          + "  "
          + Shown.text(error.failureReason());
    }
    return Shown.text(event.type().name());
  }

  private static String snapshot(ContextSnapshot snapshot) {
    String classifications =
        snapshot.dataClassifications().isEmpty()
            ? "unclassified"
            : Shown.list(snapshot.dataClassifications());
    return "classifications=["
        + classifications
        + "]  source="
        + Shown.or(snapshot.classificationSource(), "?")
        + "  tokens="
        + snapshot.contextSizeTokens();
  }

  private static String memory(MemoryWriteAttempt memory) {
    return Shown.or(memory.writeType(), "?")
        + " → "
        + Shown.or(memory.targetStore(), "?")
        + "  classification="
        + Shown.or(memory.writeClassification(), "?")
        + "  retention="
        + Shown.or(memory.retentionRequested(), "null");
  }
}
