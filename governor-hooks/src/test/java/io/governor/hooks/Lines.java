package io.governor.hooks;

import io.governor.event.EventPayload.ContextSnapshot;
import io.governor.event.EventPayload.MemoryWriteAttempt;
import io.governor.event.EventPayload.ScopeAsserted;
import io.governor.event.TraceEvent;
import java.util.List;
import java.util.stream.Collectors;

/** Events in one short line each, as the tables of the tests have them. */
final class Lines {

  private Lines() {}

  static String of(List<TraceEvent> events) {
    return events.stream().map(Lines::of).collect(Collectors.joining("; "));
  }

  static String of(TraceEvent event) {
    StringBuilder line = new StringBuilder(event.type().name());
    if (event.payload() instanceof ScopeAsserted scope) {
      line.append(' ').append(scope.operationType()).append(' ').append(scope.targetSystem());
    } else if (event.payload() instanceof ContextSnapshot snapshot) {
      line.append(' ').append(String.join(",", snapshot.provenance()));
    } else if (event.payload() instanceof MemoryWriteAttempt memory) {
      line.append(' ').append(memory.targetStore());
    }
    event.violations().forEach(id -> line.append(' ').append(id));
    return line.toString();
  }
}
