package io.governor.cli.report;

import io.governor.TokenUsage;
import io.governor.event.EventPayload;
import io.governor.event.EventPayload.AgentRegistered;
import io.governor.event.EventPayload.ContextSnapshot;
import io.governor.event.EventPayload.GovernanceError;
import io.governor.event.EventPayload.IntentDeclared;
import io.governor.event.EventPayload.MemoryWriteAttempt;
import io.governor.event.EventPayload.ScopeAsserted;
import io.governor.event.TraceEvent;
import java.util.Locale;

/**
 * An event in a few words. The stated objective stays out, because it may be what a user typed, and
 * a report is passed on. Stateless.
 */
final class EventWords {

  private EventWords() {}

  static String of(TraceEvent event) {
    EventPayload payload = event.payload();
    if (payload instanceof ScopeAsserted scope) {
      return "call " + scope.toolId() + " (" + lower(scope.operationType()) + ")";
    }
    if (payload instanceof ContextSnapshot snapshot) {
      return snapshot(snapshot);
    }
    if (payload instanceof MemoryWriteAttempt memory) {
      return "memory write to " + memory.targetStore() + ", " + memory.writeClassification();
    }
    if (payload instanceof AgentRegistered) {
      return "agent registered";
    }
    if (payload instanceof IntentDeclared intent) {
      return "intent declared: " + intent.intentSource();
    }
    if (payload instanceof GovernanceError error) {
      return "governance error: " + error.errorType();
    }
    return event.type().name();
  }

  private static String snapshot(ContextSnapshot snapshot) {
    TokenUsage usage = snapshot.usage();
    if (usage != null && snapshot.tellsUsageOnly()) {
      return turn(usage);
    }
    String classes =
        snapshot.dataClassifications().isEmpty()
            ? snapshot.classificationSource()
            : String.join(", ", snapshot.dataClassifications());
    return "context of about "
        + Numbers.grouped(snapshot.contextSizeTokens())
        + " tokens, "
        + classes;
  }

  private static String turn(TokenUsage usage) {
    String model = usage.model() == null ? "" : " of " + usage.model();
    return "model turn" + model + ", " + Numbers.grouped(usage.allTokens()) + " tokens";
  }

  private static String lower(String operation) {
    return operation.toLowerCase(Locale.ROOT);
  }
}
