package io.governor.samples.support;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.TokenUsage;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;

/** Stands where a real model would: it needs no key and no network, and always says the same. */
final class ScriptedModel implements ChatModel {

  private static final List<AiMessage> OBSERVED =
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
          AiMessage.from("Your data is exported, and I will write rather than call."));

  private static final List<AiMessage> ENFORCED =
      List.of(
          calls(call("call_1", "crm.lookup", "{\"order\": \"1042\"}")),
          calls(call("call_2", "refund.create", "{\"order\": \"1042\", \"amount\": 49.9}")),
          calls(
              call(
                  "call_3",
                  "mail.send",
                  "{\"to\": \"books@else.example\", \"text\": \"Receipt R-77\"}")),
          calls(
              call(
                  "call_4",
                  "mail.send",
                  "{\"to\": \"mia@shop.example\", \"text\": \"Receipt R-77\"}")),
          AiMessage.from(
              "I refunded 49.90 EUR. The receipt went to you: I may not write to other addresses."),
          calls(call("call_5", "refund.create", "{\"order\": \"1042\", \"amount\": 120}")),
          calls(
              call("call_6", "files.export", "{\"order\": \"1042\"}"),
              call("call_7", "memory.store", "{\"fact\": \"prefers mail over phone\"}")),
          AiMessage.from(
              "A colleague will decide on the other refund. Your data is exported, and I will write"
                  + " rather than call."));

  private final Iterator<AiMessage> turns;
  private final Consumer<ToolExecutionResultMessage> reader;
  private int turn;
  private int read;

  private ScriptedModel(List<AiMessage> turns, Consumer<ToolExecutionResultMessage> reader) {
    this.turns = turns.iterator();
    this.reader = reader;
  }

  /** The model of the two runs that only observe. */
  static ScriptedModel observed() {
    return new ScriptedModel(OBSERVED, result -> {});
  }

  /** The model of the run under enforcement; what it is told of its calls is shown. */
  static ScriptedModel enforced(Transcript transcript) {
    return new ScriptedModel(ENFORCED, result -> transcript.says("reads", result.text()));
  }

  @Override
  public ChatResponse doChat(ChatRequest request) {
    turn++;
    List<ToolExecutionResultMessage> results =
        request.messages().stream()
            .filter(ToolExecutionResultMessage.class::isInstance)
            .map(ToolExecutionResultMessage.class::cast)
            .toList();
    results.subList(read, results.size()).forEach(reader);
    read = results.size();
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
