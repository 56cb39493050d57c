package io.governor.samples.springboot;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import java.util.List;
import org.springframework.stereotype.Component;

/**
 * Stands where a real model would: it needs no key and no network. What it says next depends on how
 * many results of tools it has read, so any number of conversations may go on at once.
 */
@Component
class ScriptedModel implements ChatModel {

  private static final List<AiMessage> TURNS =
      List.of(
          call("crm.lookup", "{\"order\": \"1042\"}"),
          call("refund.create", "{\"order\": \"1042\", \"amount\": 499.0}"),
          call(
              "mail.send",
              "{\"to\": \"mia@shop.example\", \"text\": \"A colleague will look at your refund.\"}"),
          AiMessage.from("A colleague will look at your refund; I have told you so by mail."));

  @Override
  public ChatResponse doChat(ChatRequest request) {
    long read =
        request.messages().stream().filter(ToolExecutionResultMessage.class::isInstance).count();
    return ChatResponse.builder().aiMessage(TURNS.get((int) read)).build();
  }

  private static AiMessage call(String tool, String arguments) {
    return AiMessage.from(
        ToolExecutionRequest.builder().id("call-" + tool).name(tool).arguments(arguments).build());
  }
}
