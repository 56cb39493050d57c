package io.governor.langchain4j;

import io.governor.event.EventPayload;
import io.governor.event.EventPayload.ContextSnapshot;
import io.governor.event.EventPayload.ScopeAsserted;
import io.governor.testkit.RecordingTraceSink;
import java.util.List;

/** Short ways to what a sink has recorded. */
final class Traces {

  private Traces() {}

  static <T extends EventPayload> List<T> payloads(RecordingTraceSink trace, Class<T> type) {
    return trace.events().stream()
        .map(event -> event.payload())
        .filter(type::isInstance)
        .map(type::cast)
        .toList();
  }

  static List<ContextSnapshot> snapshots(RecordingTraceSink trace) {
    return payloads(trace, ContextSnapshot.class);
  }

  static List<ScopeAsserted> scopes(RecordingTraceSink trace) {
    return payloads(trace, ScopeAsserted.class);
  }
}
