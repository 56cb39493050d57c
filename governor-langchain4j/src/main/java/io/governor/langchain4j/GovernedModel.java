package io.governor.langchain4j;

import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.ChatRequestOptions;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.response.ChatResponse;
import java.util.List;
import java.util.Set;

/** The same model, never offered withdrawn tools. As safe for several threads as the model is. */
final class GovernedModel implements ChatModel {

  private final ChatModel model;

  GovernedModel(ChatModel model) {
    this.model = model;
  }

  @Override
  public ChatResponse chat(ChatRequest request) {
    return model.chat(OfferedTools.of(request, model.defaultRequestParameters()));
  }

  @Override
  public ChatResponse chat(ChatRequest request, ChatRequestOptions options) {
    return model.chat(OfferedTools.of(request, model.defaultRequestParameters()), options);
  }

  @Override
  public ChatResponse doChat(ChatRequest request) {
    return model.doChat(OfferedTools.of(request, model.defaultRequestParameters()));
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
