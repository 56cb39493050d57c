package io.governor.langchain4j;

import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.ChatRequestOptions;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import java.util.List;
import java.util.Set;

/** The same model, never offered withdrawn tools. As safe for several threads as the model is. */
final class GovernedStreamingModel implements StreamingChatModel {

  private final StreamingChatModel model;

  GovernedStreamingModel(StreamingChatModel model) {
    this.model = model;
  }

  @Override
  public void chat(ChatRequest request, StreamingChatResponseHandler handler) {
    asking(() -> model.chat(offered(request), handler));
  }

  @Override
  public void chat(
      ChatRequest request, ChatRequestOptions options, StreamingChatResponseHandler handler) {
    asking(() -> model.chat(offered(request), options, handler));
  }

  @Override
  public void doChat(ChatRequest request, StreamingChatResponseHandler handler) {
    asking(() -> model.doChat(offered(request), handler));
  }

  private ChatRequest offered(ChatRequest request) {
    return OfferedTools.of(request, model.defaultRequestParameters());
  }

  /** The answer comes on another thread; this one must not keep the question. */
  private static void asking(Runnable question) {
    try {
      question.run();
    } finally {
      Question.forget();
    }
  }

  @Override
  public ChatRequestParameters defaultRequestParameters() {
    return model.defaultRequestParameters();
  }

  @Override
  public List<ChatModelListener> listeners() {
    return model.listeners();
  }

  @Override
  public ModelProvider provider() {
    return model.provider();
  }

  @Override
  public Set<Capability> supportedCapabilities() {
    return model.supportedCapabilities();
  }
}
