package io.governor;

import io.governor.event.OperationClassification;
import org.jspecify.annotations.Nullable;

/**
 * What a call does, as far as configuration, table and name tell.
 *
 * @param call the call
 * @param operation what it does
 * @param target the system it touches
 * @param shell what its shell command does, or null when it runs none
 * @param memoryWrite how it was recognised as a write that outlives the session, or null when it is
 *     none
 * @param traits what the host configured for the tool
 */
record ClassifiedCall(
    ToolCall call,
    Operation operation,
    String target,
    @Nullable OperationClassification shell,
    @Nullable String memoryWrite,
    ToolTraits traits) {

  /**
   * What the host says about this call, and where it says nothing what it configured for the tool.
   */
  CallHint hint() {
    CallHint own = call.hint();
    CallHint configured = traits.call();
    return new CallHint(
        own.writeClassification() == null
            ? configured.writeClassification()
            : own.writeClassification(),
        own.retention() == null ? configured.retention() : own.retention());
  }
}
