package io.governor.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.data.message.ChatMessageSerializer;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.tool.AiServiceTool;
import io.governor.Governor;
import io.governor.Rule;
import io.governor.ToolArguments;
import io.governor.ToolResult;
import io.governor.testkit.RecordingTraceSink;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** In observe mode, whatever the rules say, the model is sent byte for byte what it would be. */
class ObserveTest {

  interface Assistant {
    String ask(String message);
  }

  static final class Tools {
    @Tool(name = "crm.lookup")
    Map<String, Object> lookup(String order) {
      return Map.of("order", order, "customer", "Mia Berg");
    }

    @Tool(name = "mail.send")
    void send(String to) {}

    @Tool(name = "refund.create")
    String refund(double amount) {
      if (amount > 0) {
        throw new IllegalStateException("the bank is closed");
      }
      return "nothing to refund";
    }
  }

  @Test
  void theMessagesAreTheSameWithAndWithoutAGovernor() {
    RecordingTraceSink trace = new RecordingTraceSink();
    Governor governor =
        Governor.builder()
            .trace(trace)
            .rules(
                Rule.named("ACME-101").deny(),
                Rule.named("ACME-102").ask(),
                Rule.named("ACME-103").warn(),
                Rule.named("ACME-104").redactArguments(arguments -> ToolArguments.empty()),
                Rule.named("ACME-105").redactResult(result -> ToolResult.ofText("[gone]")),
                Rule.named("ACME-106").onResult().deny())
            .build();

    List<String> plain = conversation(UnaryOperator.identity());
    List<String> governed = conversation(GovernedTools.with(governor).build()::of);

    assertThat(governed).isEqualTo(plain);
    assertThat(Traces.scopes(trace)).hasSize(4);
    assertThat(trace.events().get(2).violations())
        .contains("ACME-101", "ACME-102", "ACME-103", "ACME-104");
  }

  private static List<String> conversation(UnaryOperator<List<AiServiceTool>> governing) {
    Script script =
        Script.of(
            Script.calls(
                Script.call("1", "crm.lookup", "{\"order\": \"1042\"}"),
                Script.call(null, "mail.send", "{\"to\":\"mia@shop.example\"}")),
            Script.calls(Script.call("3", "refund.create", "{\"amount\": 49.90}")),
            Script.calls(Script.call("4", "crm.lookup", "{\"order\": \"ünï 😀\"}")),
            Script.says("done"));
    List<AiServiceTool> tools = dev.langchain4j.service.tool.ToolService.findTools(new Tools());

    AiServices.builder(Assistant.class)
        .chatModel(script.model())
        .tools(governing.apply(tools))
        .build()
        .ask("Refund it, please");

    assertThat(script.requests()).hasSize(4);
    return script.requests().stream()
        .map(ChatRequest::messages)
        .map(ChatMessageSerializer::messagesToJson)
        .toList();
  }
}
