package io.governor;

import org.jspecify.annotations.Nullable;

/**
 * What a tool's name cannot tell, configured by the host; it decides in either direction (execution
 * record, section 5.1). Immutable; a null trait is not configured.
 *
 * @param operation what the tool does
 * @param target the system it touches
 * @param persistent whether its writes outlive the session, so that they count as memory writes
 * @param call what is known about every call
 * @param result what is known about every result
 */
public record ToolTraits(
    @Nullable Operation operation,
    @Nullable String target,
    @Nullable Boolean persistent,
    CallHint call,
    ResultHint result) {

  /** Nothing is configured. */
  public static final ToolTraits NONE =
      new ToolTraits(null, null, null, CallHint.NONE, ResultHint.NONE);

  public ToolTraits operation(Operation newOperation) {
    return new ToolTraits(newOperation, target, persistent, call, result);
  }

  public ToolTraits target(String newTarget) {
    return new ToolTraits(operation, newTarget, persistent, call, result);
  }

  public ToolTraits persistent(boolean newPersistent) {
    return new ToolTraits(operation, target, newPersistent, call, result);
  }

  public ToolTraits call(CallHint newCall) {
    return new ToolTraits(operation, target, persistent, newCall, result);
  }

  public ToolTraits result(ResultHint newResult) {
    return new ToolTraits(operation, target, persistent, call, newResult);
  }

  /** These traits where they say something, the others elsewhere. */
  ToolTraits orElse(ToolTraits other) {
    return new ToolTraits(
        operation == null ? other.operation : operation,
        target == null ? other.target : target,
        persistent == null ? other.persistent : persistent,
        new CallHint(
            call.writeClassification() == null
                ? other.call.writeClassification()
                : call.writeClassification(),
            call.retention() == null ? other.call.retention() : call.retention()),
        result.orElse(other.result));
  }
}
