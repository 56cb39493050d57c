package io.governor.langchain4j;

import dev.langchain4j.service.tool.ToolErrorContext;
import dev.langchain4j.service.tool.ToolErrorHandlerResult;
import dev.langchain4j.service.tool.ToolExecutionErrorHandler;
import io.governor.CallHint;
import io.governor.Decision;
import io.governor.ToolAnnotations;
import io.governor.ToolCall;
import io.governor.ToolResult;
import io.governor.detect.Detectors;
import io.governor.detect.Redactor;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets the model read what an exception says, once the rules about results have looked at it and
 * secrets are taken out. As safe for several threads as the handler behind it is.
 */
final class RedactedErrors implements ToolExecutionErrorHandler {

  private static final Logger LOG = LoggerFactory.getLogger(GovernedTools.class);
  private static final Detectors DETECTORS = Detectors.builtIn();
  private static final Set<String> SECRETS = DETECTORS.select(Set.of("secret"));

  private final Runs runs;
  private final ToolExecutionErrorHandler handler;

  RedactedErrors(Runs runs, ToolExecutionErrorHandler handler) {
    this.runs = runs;
    this.handler = handler;
  }

  /** What LangChain4j itself would tell the model. */
  static ToolErrorHandlerResult message(Throwable failure, ToolErrorContext context) {
    String message = failure.getMessage();
    return ToolErrorHandlerResult.text(
        message == null || message.isBlank() ? failure.getClass().getName() : message);
  }

  @Override
  public ToolErrorHandlerResult handle(Throwable failure, ToolErrorContext context) {
    String text = handler.handle(failure, context).text();
    try {
      return ToolErrorHandlerResult.text(Redactor.text(judged(text, context), SECRETS, DETECTORS));
    } catch (RuntimeException | StackOverflowError | LinkageError broken) {
      LOG.warn("an error could not be redacted: {}", broken.getClass().getName());
      return ToolErrorHandlerResult.text(Answers.UNUSABLE);
    }
  }

  private String judged(String text, ToolErrorContext context) {
    ToolCall call =
        GovernedCall.of(
            context.toolExecutionRequest(),
            context.toolExecutionRequest().id(),
            ToolAnnotations.NONE,
            CallHint.NONE);
    Decision decision =
        runs.of(context.invocationContext()).session().after(call, ToolResult.failure(text));
    String told = Answers.after(decision, List.of(), text);
    return told == null ? "" : told;
  }
}
