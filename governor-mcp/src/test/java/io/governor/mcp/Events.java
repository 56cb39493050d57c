package io.governor.mcp;

import io.governor.event.EventPayload.ContextSnapshot;
import io.governor.event.EventPayload.ScopeAsserted;
import io.governor.event.TraceEvent;
import io.governor.testkit.RecordingTraceSink;
import java.util.List;

/** What a trace says about calls. */
final class Events {

  private Events() {}

  static List<TraceEvent> calls(RecordingTraceSink trace, String tool) {
    return trace.events().stream()
        .filter(e -> e.payload() instanceof ScopeAsserted call && call.toolId().equals(tool))
        .toList();
  }

  static List<TraceEvent> results(RecordingTraceSink trace) {
    return trace.events().stream().filter(e -> e.payload() instanceof ContextSnapshot).toList();
  }
}
