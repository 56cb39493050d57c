package io.governor.langchain4j;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.invocation.InvocationContext;
import dev.langchain4j.service.tool.ToolExecutionResult;
import dev.langchain4j.service.tool.ToolExecutor;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a tool from AI services that were not checked: one that forgot the check finds out at its
 * first call. As safe for several threads as the tool is.
 */
final class StrictExecutor implements ToolExecutor {

  private final GovernedExecutor governed;
  private final Checks checks;

  StrictExecutor(GovernedExecutor governed, Checks checks) {
    this.governed = governed;
    this.checks = checks;
  }

  GovernedExecutor governed() {
    return governed;
  }

  /** The same condition for another. */
  StrictExecutor with(GovernedExecutor other) {
    return new StrictExecutor(other, checks);
  }

  @Override
  public @Nullable ToolExecutionResult executeWithContext(
      ToolExecutionRequest request, @Nullable InvocationContext context) {
    String refusal = checks.refusal(context == null ? null : context.interfaceName());
    return refusal == null
        ? governed.executeWithContext(request, context)
        : Answers.denied(refusal);
  }

  @Override
  public @Nullable String execute(ToolExecutionRequest request, @Nullable Object memoryId) {
    return governed.execute(request, memoryId);
  }
}
