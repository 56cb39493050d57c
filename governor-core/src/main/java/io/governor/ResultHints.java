package io.governor;

import io.governor.pattern.Glob;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Asks the host's functions what it knows about a result; the first whose pattern matches the tool
 * answers. One that throws costs a warning, and the defaults apply (execution record, section 9.2).
 * Safe for use by several threads if the functions are.
 */
record ResultHints(
    List<Map.Entry<Glob, Function<ToolResult, @Nullable ResultHint>>> functions, Health health) {

  ResultHints {
    functions = List.copyOf(functions);
  }

  ResultHint about(ToolCall call, ToolResult result) {
    for (Map.Entry<Glob, Function<ToolResult, @Nullable ResultHint>> entry : functions) {
      if (entry.getKey().matches(call.name())) {
        return ask(entry.getValue(), call, result);
      }
    }
    return ResultHint.NONE;
  }

  /** Whether a function of the host's is asked about results of the tool. */
  boolean lookAt(String tool) {
    return functions.stream().anyMatch(entry -> entry.getKey().matches(tool));
  }

  private ResultHint ask(
      Function<ToolResult, @Nullable ResultHint> function, ToolCall call, ToolResult result) {
    try {
      ResultHint hint = function.apply(result);
      return hint == null ? ResultHint.NONE : hint;
    } catch (Throwable failure) {
      Failures.rethrowIfFatal(failure);
      health.hintFailed(call.name(), failure);
      return ResultHint.NONE;
    }
  }
}
