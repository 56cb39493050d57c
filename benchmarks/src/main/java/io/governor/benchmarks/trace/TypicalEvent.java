package io.governor.benchmarks.trace;

import io.governor.Agent;
import io.governor.Governor;
import io.governor.Intent;
import io.governor.ToolArguments;
import io.governor.ToolCall;
import io.governor.event.TraceEvent;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

/** The event that a tool call leaves, as a governor makes it. */
final class TypicalEvent {

  private TypicalEvent() {}

  static TraceEvent make() {
    AtomicReference<TraceEvent> last = new AtomicReference<>();
    try (Governor governor =
        Governor.builder().agent(Agent.named("bot").version("1.0")).trace(last::set).build()) {
      governor
          .session()
          .intent(Intent.explicit("Answer a ticket", "crm"))
          .open()
          .before(
              ToolCall.of("crm.lookup", ToolArguments.ofJson("{\"customer\":\"c-4711\"}"))
                  .withId("call-1"));
    }
    return Objects.requireNonNull(last.get());
  }
}
