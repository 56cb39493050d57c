package io.governor.samples.support;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.TokenUsage;
import java.util.Iterator;
import java.util.List;

/** Stands where a real model would: it needs no key and no network, and always says the same. */
final class ScriptedModel implements ChatModel {

  private final Iterator<AiMessage> turns =
      List.of(
              calls(
                  call("call_1", "web.fetch", "{\"url\": \"https://shop.example/refunds\"}"),
                  call("call_2", "crm.lookup", "{\"order\": \"1042\"}")),
              calls(call("call_3", "refund.create", "{\"order\": \"1042\", \"amount\": 49.9}")),
              calls(
                  call("call_4", "crm.update", "{\"order\": \"1042\", \"note\": \"refunded\"}"),
                  call(
                      "call_5",
                      "mail.send",
                      "{\"to\": \"mia@shop.example\", \"text\": \"Your refund is on its way.\"}")),
              AiMessage.from(
                  "I refunded 49.90 EUR for the second parcel; a confirmation is in your inbox."),
              calls(
                  call("call_6", "files.export", "{\"order\": \"1042\"}"),
                  call("call_7", "memory.store", "{\"fact\": \"prefers mail over phone\"}")),
              AiMessage.from("Your data is exported, and I will write rather than call."))
          .iterator();

  private int turn;

  @Override
  public ChatResponse doChat(ChatRequest request) {
    turn++;
    return ChatResponse.builder()
        .aiMessage(turns.next())
        .id("turn_" + turn)
        .modelName("scripted-1")
        .tokenUsage(new TokenUsage(180 + 60 * turn, 24 + turn))
        .build();
  }

  private static AiMessage calls(ToolExecutionRequest... calls) {
    return AiMessage.from(calls);
  }

  private static ToolExecutionRequest call(String id, String tool, String arguments) {
    return ToolExecutionRequest.builder().id(id).name(tool).arguments(arguments).build();
  }
}
