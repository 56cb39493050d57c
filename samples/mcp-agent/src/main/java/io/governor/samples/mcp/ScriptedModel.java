package io.governor.samples.mcp;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import java.io.PrintStream;
import java.util.Iterator;
import java.util.List;

/** Stands where a real model would: it needs no key and no network, and shows what it reads. */
final class ScriptedModel implements ChatModel {

  private final PrintStream out;
  private final Iterator<AiMessage> turns =
      List.of(
              call("find_order", "{\"order\": \"1042\"}"),
              call("refund_order", "{\"order\": \"1042\", \"amount\": 49.9}"),
              call("refund_order", "{\"order\": \"1042\", \"amount\": 900}"),
              AiMessage.from("Done, as far as I may."))
          .iterator();

  ScriptedModel(PrintStream out) {
    this.out = out;
  }

  @Override
  public ChatResponse doChat(ChatRequest request) {
    ChatMessage last = request.messages().get(request.messages().size() - 1);
    if (last instanceof ToolExecutionResultMessage result) {
      out.println("  reads  " + result.text());
    }
    AiMessage turn = turns.next();
    turn.toolExecutionRequests()
        .forEach(call -> out.println("calls    " + call.name() + " " + call.arguments()));
    return ChatResponse.builder().aiMessage(turn).build();
  }

  private static AiMessage call(String tool, String arguments) {
    return AiMessage.from(ToolExecutionRequest.builder().name(tool).arguments(arguments).build());
  }
}
