package io.governor.langchain4j;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.invocation.InvocationContext;
import dev.langchain4j.service.tool.ToolExecutionResult;
import dev.langchain4j.service.tool.ToolExecutor;
import io.governor.Decision;
import io.governor.ResultHint;
import io.governor.ToolResult;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Runs a tool under the eyes of the governor. Both of LangChain4j's ways in are governed, and each
 * goes on as the same way, so that context and attachments are not lost. As safe for several
 * threads as the tool is.
 */
final class GovernedExecutor implements ToolExecutor {

  private final ToolExecutor tool;
  private final Runs runs;
  private final ToolHints hints;
  private final UnaryOperator<ToolExecutor> around;
  private final Classifiers classifiers;
  private final ToolExecutor way;

  GovernedExecutor(
      ToolExecutor tool, Runs runs, ToolHints hints, UnaryOperator<ToolExecutor> around) {
    this(tool, runs, hints, around, runs.classifiers());
  }

  private GovernedExecutor(
      ToolExecutor tool,
      Runs runs,
      ToolHints hints,
      UnaryOperator<ToolExecutor> around,
      Classifiers classifiers) {
    this.classifiers = classifiers;
    this.tool = tool;
    this.runs = runs;
    this.hints = hints;
    this.around = around;
    this.way = around.apply(new Judging());
  }

  /** What stands around governed calls gets this one, and so no way past the governor. */
  private final class Judging implements ToolExecutor {
    @Override
    public @Nullable ToolExecutionResult executeWithContext(
        ToolExecutionRequest request, @Nullable InvocationContext context) {
      try (GovernedCall call = begin(runs.of(context), request)) {
        return call.refused() ? Answers.denied(call.message()) : run(call, context);
      }
    }

    @Override
    public @Nullable String execute(ToolExecutionRequest request, @Nullable Object memoryId) {
      try (GovernedCall call = begin(runs.ofMemory(memoryId), request)) {
        return call.refused() ? call.message() : run(call, memoryId);
      }
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

  /** The governed executor that this one is, or null when it is none. */
  static @Nullable GovernedExecutor in(@Nullable ToolExecutor executor) {
    ToolExecutor within = executor instanceof StrictExecutor strict ? strict.governed() : executor;
    return within instanceof GovernedExecutor governed ? governed : null;
  }

  Runs runs() {
    return runs;
  }

  GovernedExecutor with(ToolHints newHints) {
    return newHints.equals(ToolHints.NONE)
        ? this
        : new GovernedExecutor(tool, runs, newHints.orElse(hints), around, classifiers);
  }

  /** The same tool in the runs of others, who stand around it: it is judged there, and not here. */
  GovernedExecutor within(Runs others, ToolHints newHints, UnaryOperator<ToolExecutor> theirs) {
    return new GovernedExecutor(
        tool,
        others,
        newHints.orElse(hints),
        judging -> theirs.apply(around.apply(judging)),
        others.classifiers().orElse(classifiers));
  }

  private GovernedCall begin(Run run, ToolExecutionRequest request) {
    return GovernedCall.begin(runs, run, request, hints.annotations(), hints.call());
  }

  private @Nullable ToolExecutionResult run(
      GovernedCall call, @Nullable InvocationContext context) {
    ToolExecutionResult result =
        call.run(tool, () -> tool.executeWithContext(call.request(), context));
    // The tool has run: from here on nothing of ours may look like its failure.
    try {
      return Answers.after(judge(call, ContentTree.of(result)), call.notes(), result);
    } catch (RuntimeException | StackOverflowError | LinkageError failure) {
      return call.unsettled(failure) ? Answers.unusable() : result;
    }
  }

  private @Nullable String run(GovernedCall call, @Nullable Object memoryId) {
    String result = call.run(tool, () -> tool.execute(call.request(), memoryId));
    try {
      return Answers.after(judge(call, ToolResult.ofText(result)), call.notes(), result);
    } catch (RuntimeException | StackOverflowError | LinkageError failure) {
      return call.unsettled(failure) ? Answers.UNUSABLE : result;
    }
  }

  private Decision judge(GovernedCall call, ToolResult result) {
    ResultHint told = result.failed() ? ResultHint.NONE : classifiers.about(call.tool(), result);
    return call.judge(result, told.orElse(hints.result()));
  }
}
