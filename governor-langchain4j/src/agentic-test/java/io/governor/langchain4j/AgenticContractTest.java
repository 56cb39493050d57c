package io.governor.langchain4j;

import static io.governor.testkit.GovernorAssertions.assertThatTrace;
import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agentic.Agent;
import dev.langchain4j.agentic.AgenticServices;
import dev.langchain4j.agentic.UntypedAgent;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.service.UserMessage;
import dev.langchain4j.service.V;
import io.governor.Governor;
import io.governor.testkit.AdapterContract;
import io.governor.testkit.RecordingTraceSink;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Agents of LangChain4j's agentic module, which is no part of the ordinary build. */
class AgenticContractTest extends AdapterContract {

  /** One agent. */
  public interface Support {
    @Agent(outputKey = "answer")
    @UserMessage("{{prompt}}")
    String ask(@V("prompt") String prompt);
  }

  /** Another one. */
  public interface Billing {
    @Agent(outputKey = "bill")
    @UserMessage("{{prompt}}")
    String bill(@V("prompt") String prompt);
  }

  @Override
  protected Run start(Governor governor, String prompt) {
    String session = UUID.randomUUID().toString();
    GovernedTools tools = GovernedTools.with(governor).sessionOf(context -> session).build();
    return (text, tool) -> Answer.of(() -> ask(tools, prompt, Crm.request(text), tool::run));
  }

  /** LangChain4j turns what a tool throws into what the model reads. */
  @Override
  protected void assertFailureReachesTheHost(Throwable thrown, Answer answer) {
    assertThat(answer.text()).isEqualTo(thrown.getMessage());
  }

  private static String ask(
      GovernedTools tools, String prompt, ToolExecutionRequest call, Crm.Body body) {
    Script script = Script.of(Script.calls(call), Script.says("done"));
    Support agent =
        AgenticServices.agentBuilder(Support.class)
            .chatModel(script.model())
            .toolProvider(tools.providerOf(new Crm(body)))
            .build();
    assertThat(agent.ask(prompt)).isEqualTo("done");
    return script.requests().get(1).messages().stream()
        .filter(ToolExecutionResultMessage.class::isInstance)
        .map(message -> ((ToolExecutionResultMessage) message).text())
        .reduce((first, second) -> second)
        .orElseThrow();
  }

  @Test
  void agentsOfOneSystemShareASession() {
    RecordingTraceSink trace = new RecordingTraceSink();
    GovernedTools tools =
        GovernedTools.with(Governor.builder().trace(trace).build()).build();
    UntypedAgent system =
        AgenticServices.sequenceBuilder()
            .subAgents(
                AgenticServices.agentBuilder(Support.class)
                    .chatModel(script().model())
                    .toolProvider(tools.providerOf(new Crm(text -> "found")))
                    .build(),
                AgenticServices.agentBuilder(Billing.class)
                    .chatModel(script().model())
                    .toolProvider(tools.providerOf(new Crm(text -> "found")))
                    .build())
            .build();

    system.invoke(Map.of("prompt", "first"));
    system.invoke(Map.of("prompt", "second"));

    assertThat(Traces.scopes(trace)).hasSize(4);
    assertThat(trace.sessions()).hasSize(2);
    assertThatTrace(trace.events()).isUnbroken();
  }

  private static Script script() {
    return Script.of(
        Script.calls(Crm.request("a")),
        Script.says("done"),
        Script.calls(Crm.request("b")),
        Script.says("done"));
  }
}
