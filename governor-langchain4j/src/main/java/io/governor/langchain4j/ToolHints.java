package io.governor.langchain4j;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.service.tool.DefaultToolExecutor;
import dev.langchain4j.service.tool.ToolExecutor;
import io.governor.CallHint;
import io.governor.ResultHint;
import io.governor.ToolAnnotations;
import org.jspecify.annotations.Nullable;

/**
 * What is known about a tool before it is called. Immutable.
 *
 * @param annotations what its server says
 * @param call what its method says about what it keeps
 * @param result what its method says about what it returns
 */
record ToolHints(ToolAnnotations annotations, CallHint call, ResultHint result) {

  /** Nothing is known. */
  static final ToolHints NONE = new ToolHints(ToolAnnotations.NONE, CallHint.NONE, ResultHint.NONE);

  /**
   * @throws IllegalArgumentException if the tool's method bears a {@link Governed} with a value
   *     that is not accepted
   */
  static ToolHints of(@Nullable ToolSpecification specification, ToolExecutor executor) {
    return said(specification)
        .orElse(executor instanceof DefaultToolExecutor method ? Annotations.of(method) : NONE);
  }

  /** As far as the specification goes. */
  static ToolHints said(@Nullable ToolSpecification specification) {
    ToolAnnotations annotations =
        specification == null ? ToolAnnotations.NONE : Specifications.hints(specification);
    return annotations.equals(ToolAnnotations.NONE)
        ? NONE
        : new ToolHints(annotations, CallHint.NONE, ResultHint.NONE);
  }

  /** These hints where they say something, the others elsewhere. */
  ToolHints orElse(ToolHints other) {
    return new ToolHints(
        annotations.equals(ToolAnnotations.NONE) ? other.annotations : annotations,
        call.equals(CallHint.NONE) ? other.call : call,
        result.orElse(other.result));
  }
}
