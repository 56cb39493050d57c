package io.governor.spring.boot;

import dev.langchain4j.memory.ChatMemory;
import dev.langchain4j.memory.chat.ChatMemoryProvider;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.moderation.ModerationModel;
import dev.langchain4j.rag.RetrievalAugmentor;
import dev.langchain4j.rag.content.retriever.ContentRetriever;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.tool.HallucinatedToolNameStrategy;
import dev.langchain4j.service.tool.ToolProvider;
import io.governor.langchain4j.GovernedTools;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.FactoryBean;

/**
 * Makes one AI service of what LangChain4j's starter would have made it of, with its tools
 * governed: tools that a rule withdraws disappear from what the model is offered, and a tool that
 * does not exist ends the invocation as before, on record. The constructor and the properties are
 * those of the factory it stands in for.
 */
final class GovernedServiceFactory implements FactoryBean<Object> {

  /** Where the governor comes from; ours, as the next is. */
  static final String TOOLS = "governedTools";

  /** Whether the service may be used. */
  static final String CHECK = "serviceCheck";

  /** What the definition of a service may hold. */
  static final Set<String> PROPERTIES =
      Set.of(
          "chatModel",
          "streamingChatModel",
          "chatMemory",
          "chatMemoryProvider",
          "contentRetriever",
          "retrievalAugmentor",
          "moderationModel",
          "toolProvider",
          "tools");

  private final Class<Object> service;
  private @Nullable ChatModel chatModel;
  private @Nullable StreamingChatModel streamingChatModel;
  private @Nullable ChatMemory chatMemory;
  private @Nullable ChatMemoryProvider chatMemoryProvider;
  private @Nullable ContentRetriever contentRetriever;
  private @Nullable RetrievalAugmentor retrievalAugmentor;
  private @Nullable ModerationModel moderationModel;
  private @Nullable ToolProvider toolProvider;
  private List<Object> tools = List.of();
  private @Nullable GovernedTools governedTools;
  private @Nullable ServiceCheck serviceCheck;

  GovernedServiceFactory(Class<Object> service) {
    this.service = service;
  }

  public void setChatModel(ChatModel newModel) {
    chatModel = newModel;
  }

  public void setStreamingChatModel(StreamingChatModel newModel) {
    streamingChatModel = newModel;
  }

  public void setChatMemory(ChatMemory newMemory) {
    chatMemory = newMemory;
  }

  public void setChatMemoryProvider(ChatMemoryProvider newProvider) {
    chatMemoryProvider = newProvider;
  }

  public void setContentRetriever(ContentRetriever newRetriever) {
    contentRetriever = newRetriever;
  }

  public void setRetrievalAugmentor(RetrievalAugmentor newAugmentor) {
    retrievalAugmentor = newAugmentor;
  }

  public void setModerationModel(ModerationModel newModel) {
    moderationModel = newModel;
  }

  public void setToolProvider(ToolProvider newProvider) {
    toolProvider = newProvider;
  }

  public void setTools(List<Object> newTools) {
    tools = newTools;
  }

  public void setGovernedTools(GovernedTools newTools) {
    governedTools = newTools;
  }

  public void setServiceCheck(ServiceCheck newCheck) {
    serviceCheck = newCheck;
  }

  @Override
  public Object getObject() {
    GovernedTools governed = Objects.requireNonNull(governedTools, TOOLS);
    AiServices<Object> builder = AiServices.builder(service);
    models(builder, governed);
    memory(builder);
    retrieval(builder);
    tools(builder, governed);
    Object built = builder.registerListeners(governed.listeners()).build();
    Objects.requireNonNull(serviceCheck, CHECK).check(governed, service.getName(), built);
    return built;
  }

  private void models(AiServices<Object> builder, GovernedTools governed) {
    if (chatModel != null) {
      builder.chatModel(governed.model(chatModel));
    }
    if (streamingChatModel != null) {
      builder.streamingChatModel(governed.model(streamingChatModel));
    }
    if (moderationModel != null) {
      builder.moderationModel(moderationModel);
    }
  }

  private void tools(AiServices<Object> builder, GovernedTools governed) {
    if (toolProvider != null) {
      builder.toolProvider(governed.provider(toolProvider));
    }
    for (Object object : tools) {
      if (AopUtils.isAopProxy(object)) {
        builder.tools(governed.of(ProxiedTools.of(object)));
      } else {
        builder.tools(governed.of(object));
      }
    }
    builder.hallucinatedToolNameStrategy(
        governed.inventedNames(HallucinatedToolNameStrategy.THROW_EXCEPTION));
  }

  private void memory(AiServices<Object> builder) {
    if (chatMemory != null) {
      builder.chatMemory(chatMemory);
    }
    if (chatMemoryProvider != null) {
      builder.chatMemoryProvider(chatMemoryProvider);
    }
  }

  /** An augmentor has its own retriever; LangChain4j takes one of the two. */
  private void retrieval(AiServices<Object> builder) {
    if (retrievalAugmentor != null) {
      builder.retrievalAugmentor(retrievalAugmentor);
    } else if (contentRetriever != null) {
      builder.contentRetriever(contentRetriever);
    }
  }

  @Override
  public Class<?> getObjectType() {
    return service;
  }
}
