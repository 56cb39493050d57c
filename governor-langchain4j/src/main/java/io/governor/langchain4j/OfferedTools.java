package io.governor.langchain4j;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.request.DefaultChatRequestParameters;
import dev.langchain4j.model.chat.request.ToolChoice;
import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes out of a request what is no longer offered in the session that it is made in. */
final class OfferedTools {

  private static final Logger LOG = LoggerFactory.getLogger(GovernedTools.class);

  private OfferedTools() {}

  /**
   * The request to send: the very same where nothing was withdrawn, or where it is not known who
   * asks. Calls of withdrawn tools are refused in any case.
   *
   * @param defaults what the model adds to each request
   */
  static ChatRequest of(ChatRequest request, ChatRequestParameters defaults) {
    try {
      Run run = Question.asking(request);
      List<ToolSpecification> tools = request.toolSpecifications();
      if (run == null || tools == null || tools.isEmpty()) {
        return request;
      }
      List<ToolSpecification> offered = new ArrayList<>(tools);
      offered.removeIf(tool -> !run.offers(tool.name()));
      return offered.size() == tools.size() ? request : with(offered, request, defaults);
    } catch (RuntimeException | StackOverflowError | LinkageError failure) {
      LOG.warn("withdrawn tools could not be left out: {}", failure.getClass().getName());
      return request;
    }
  }

  private static ChatRequest with(
      List<ToolSpecification> offered, ChatRequest request, ChatRequestParameters defaults) {
    ChatRequestParameters given = request.parameters();
    ChatRequestParameters parameters =
        offered.isEmpty()
            ? withoutTools(given, defaults)
            : given.overrideWith(
                ChatRequestParameters.builder().toolSpecifications(offered).build());
    return ChatRequest.builder().messages(request.messages()).parameters(parameters).build();
  }

  /**
   * Parameters override each other with what they state, so that an empty list states nothing: only
   * a builder can take the tools out. A tool must not be required where there is none.
   */
  private static ChatRequestParameters withoutTools(
      ChatRequestParameters given, ChatRequestParameters defaults) {
    DefaultChatRequestParameters.Builder<?> builder = builder(given);
    builder.overrideWith(given);
    builder.toolSpecifications(List.of());
    builder.toolChoice(
        defaults != null && defaults.toolChoice() == ToolChoice.REQUIRED ? ToolChoice.NONE : null);
    return builder.build();
  }

  /** The builder of the provider's own parameters, which all have one, so that nothing is lost. */
  private static DefaultChatRequestParameters.Builder<?> builder(ChatRequestParameters given) {
    try {
      Object builder = given.getClass().getMethod("builder").invoke(null);
      if (builder instanceof DefaultChatRequestParameters.Builder<?> own) {
        return own;
      }
    } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException absent) {
      // Parameters of the host's own making: what LangChain4j itself knows is kept.
    }
    return DefaultChatRequestParameters.builder();
  }
}
