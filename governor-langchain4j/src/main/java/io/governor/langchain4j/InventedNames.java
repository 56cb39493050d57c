package io.governor.langchain4j;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import io.governor.CallHint;
import io.governor.ToolAnnotations;
import java.util.function.Function;

/**
 * Hears of tools that do not exist, has the rules judge the call like any other, and answers the
 * model. LangChain4j says nothing of where such a call comes from; it is found by the model's
 * answer that asked for it. As safe for several threads as the strategy is.
 */
final class InventedNames implements Function<ToolExecutionRequest, ToolExecutionResultMessage> {

  /** Without the name: that is the model's own text. */
  static final String NO_SUCH_TOOL =
      "There is no tool of that name, and nothing was done. Call only tools that you are offered.";

  private final Runs runs;
  private final Function<ToolExecutionRequest, ToolExecutionResultMessage> strategy;

  InventedNames(Runs runs, Function<ToolExecutionRequest, ToolExecutionResultMessage> strategy) {
    this.runs = runs;
    this.strategy = strategy;
  }

  static ToolExecutionResultMessage noSuchTool(ToolExecutionRequest request) {
    return message(request, NO_SUCH_TOOL);
  }

  @Override
  public ToolExecutionResultMessage apply(ToolExecutionRequest request) {
    Run run = runs.of(request);
    try (GovernedCall call =
        GovernedCall.begin(runs, run, request, ToolAnnotations.NONE, CallHint.UNKNOWN_TOOL)) {
      if (call.refused()) {
        return message(request, call.message());
      }
      ToolExecutionResultMessage told = call.run(strategy, () -> strategy.apply(request));
      call.failed();
      return call.notes().isEmpty()
          ? told
          : message(request, Answers.noted(String.valueOf(told.text()), call.notes()));
    }
  }

  private static ToolExecutionResultMessage message(ToolExecutionRequest request, String text) {
    return ToolExecutionResultMessage.builder()
        .id(request.id())
        .toolName(request.name())
        .text(text)
        .isError(true)
        .build();
  }
}
