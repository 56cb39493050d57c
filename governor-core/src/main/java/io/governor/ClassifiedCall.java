package io.governor;

import io.governor.event.OperationClassification;
import java.util.ArrayList;
import java.util.List;
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

  /** The classes of the data as far as they are known, of the result's once there is one. */
  List<String> classifications(@Nullable ToolResult result) {
    List<String> returned =
        result == null
            ? traits.result().classifications()
            : result.hint().orElse(traits.result()).classifications();
    String written = hint().writeClassification();
    if (written == null) {
      return returned == null ? List.of() : returned;
    }
    List<String> all = new ArrayList<>(returned == null ? List.of() : returned);
    all.add(written);
    return all;
  }
}
