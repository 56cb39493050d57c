package io.governor.langchain4j;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.invocation.InvocationContext;
import dev.langchain4j.service.tool.ToolExecutionResult;
import dev.langchain4j.service.tool.ToolExecutor;
import io.governor.ToolAnnotations;
import io.governor.ToolResult;
import org.jspecify.annotations.Nullable;

/**
 * Runs a tool under the eyes of the governor. Both of LangChain4j's ways in are governed, and each
 * goes on as the same way, so that context and attachments are not lost. As safe for several
 * threads as the tool is.
 */
final class GovernedExecutor implements ToolExecutor {

  private final ToolExecutor tool;
  private final Runs runs;
  private final ToolAnnotations hints;
  private final ToolExecutor way;

  GovernedExecutor(ToolExecutor tool, Runs runs, ToolAnnotations hints) {
    this.tool = tool;
    this.runs = runs;
    this.hints = hints;
    this.way = runs.around().apply(new Judging());
  }

  /** What stands around governed calls gets this one, and so no way past the governor. */
  private final class Judging implements ToolExecutor {
    @Override
    public @Nullable ToolExecutionResult executeWithContext(
        ToolExecutionRequest request, @Nullable InvocationContext context) {
      return judged(request, context);
    }

    @Override
    public @Nullable String execute(ToolExecutionRequest request, @Nullable Object memoryId) {
      return judgedText(request, memoryId);
    }
  }

  @Override
  public @Nullable ToolExecutionResult executeWithContext(
      ToolExecutionRequest request, @Nullable InvocationContext context) {
    return way.executeWithContext(request, context);
  }

  @Override
  public @Nullable String execute(ToolExecutionRequest request, @Nullable Object memoryId) {
    return way.execute(request, memoryId);
  }

  Runs runs() {
    return runs;
  }

  GovernedExecutor with(ToolAnnotations newHints) {
    return newHints.equals(ToolAnnotations.NONE)
        ? this
        : new GovernedExecutor(tool, runs, newHints);
  }

  private @Nullable ToolExecutionResult judged(
      ToolExecutionRequest request, @Nullable InvocationContext context) {
    GovernedCall call = GovernedCall.begin(runs.of(context), request, hints);
    if (call.refused()) {
      return Answers.denied(call.message());
    }
    ToolExecutionResult result = call.run(() -> tool.executeWithContext(call.request(), context));
    // The tool has run: from here on nothing of ours may look like its failure.
    try {
      return Answers.after(call.judge(ContentTree.of(result)), call.notes(), result);
    } catch (RuntimeException | StackOverflowError | LinkageError failure) {
      return call.unsettled(failure) ? Answers.unusable() : result;
    }
  }

  private @Nullable String judgedText(ToolExecutionRequest request, @Nullable Object memoryId) {
    GovernedCall call = GovernedCall.begin(runs.ofMemory(memoryId), request, hints);
    if (call.refused()) {
      return call.message();
    }
    String result = call.run(() -> tool.execute(call.request(), memoryId));
    try {
      return Answers.after(call.judge(ToolResult.ofText(result)), call.notes(), result);
    } catch (RuntimeException | StackOverflowError | LinkageError failure) {
      return call.unsettled(failure) ? Answers.UNUSABLE : result;
    }
  }
}
