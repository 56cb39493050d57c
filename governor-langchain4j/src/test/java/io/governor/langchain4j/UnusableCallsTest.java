package io.governor.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.agent.tool.P;
import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.TokenStream;
import dev.langchain4j.service.tool.HallucinatedToolNameStrategy;
import dev.langchain4j.service.tool.ToolErrorHandlerResult;
import io.governor.Governor;
import io.governor.GovernorBuilder;
import io.governor.Mode;
import io.governor.Rule;
import io.governor.event.AdvisoryFlag;
import io.governor.event.EventType;
import io.governor.event.TraceEvent;
import io.governor.testkit.RecordingTraceSink;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Calls that no tool can run: of tools that do not exist, and with arguments nobody can use. */
class UnusableCallsTest {

  interface Assistant {
    String ask(String message);
  }

  interface Streamer {
    TokenStream ask(String message);
  }

  static final class Refunds {
    private final List<Double> paid = new ArrayList<>();

    @Tool(name = "refund.create")
    String refund(@P("how much") double amount) {
      paid.add(amount);
      return "paid";
    }
  }

  private final RecordingTraceSink trace = new RecordingTraceSink();
  private final Refunds refunds = new Refunds();

  @Test
  void aNameTheModelInventedIsRecordedInItsSessionAndTheModelIsToldSo() {
    GovernedTools tools = GovernedTools.with(governor()).build();
    Script script =
        Script.of(
            Script.calls(
                Script.call("1", "refund.create", "{\"amount\": 1}"),
                Script.call("2", "refund.createAll", "{\"amount\": 2}")),
            Script.says("a pity"));

    String answer =
        assistant(tools, script)
            .hallucinatedToolNameStrategy(tools.inventedNames())
            .build()
            .ask("hello");

    assertThat(answer).isEqualTo("a pity");
    assertThat(told(script, "2").text()).isEqualTo(InventedNames.NO_SUCH_TOOL);
    assertThat(trace.sessions()).hasSize(1);
    assertThat(Traces.scopes(trace)).hasSize(2);
    assertThat(scopes().get(0).flags()).doesNotContain(AdvisoryFlag.TOOL_UNKNOWN);
    assertThat(scopes().get(1).flags()).contains(AdvisoryFlag.TOOL_UNKNOWN);
    assertThat(Traces.snapshots(trace)).hasSize(1);
  }

  @Test
  void rulesJudgeAnInventedNameLikeAnyOther() {
    Rule rule =
        Rule.named("ACME-101").tools("refund.*").mode(Mode.ENFORCE).suggest("Ask the user.").deny();
    GovernedTools tools = GovernedTools.with(builder(rule).build()).build();
    Script script =
        Script.of(Script.calls(Script.call(null, "refund.createAll", "{}")), Script.says("a pity"));

    assistant(tools, script)
        .hallucinatedToolNameStrategy(
            tools.inventedNames(
                request -> {
                  throw new AssertionError("refused before anybody is asked");
                }))
        .build()
        .ask("hello");

    assertThat(told(script, null).text()).isEqualTo("Refused by rule ACME-101. Ask the user.");
    assertThat(scopes().get(0).passThrough()).isFalse();
  }

  @Test
  void theHostsOwnStrategyDecidesWhatHappensAsBefore() {
    GovernedTools tools = GovernedTools.with(governor()).build();
    Script script = Script.of(Script.calls(Script.call("1", "refund.createAll", "{}")));
    Assistant assistant =
        assistant(tools, script)
            .hallucinatedToolNameStrategy(
                tools.inventedNames(HallucinatedToolNameStrategy.THROW_EXCEPTION))
            .build();

    assertThatThrownBy(() -> assistant.ask("hello")).hasMessageContaining("no such tool exists");
    assertThat(scopes().get(0).flags()).contains(AdvisoryFlag.TOOL_UNKNOWN);

    Script second =
        Script.of(Script.calls(Script.call("1", "refund.createAll", "{}")), Script.says("a pity"));
    assistant(tools, second)
        .hallucinatedToolNameStrategy(
            tools.inventedNames(
                request -> ToolExecutionResultMessage.from(request, "try refund.create")))
        .build()
        .ask("hello");

    assertThat(told(second, "1").text()).isEqualTo("try refund.create");
  }

  @ParameterizedTest
  @CsvSource({"false, 1", "true, 2"})
  void whereToolsRunWhileTheModelStreamsTheSessionIsNotKnownYet(boolean concurrent, int sessions)
      throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(2);
    GovernedTools tools = GovernedTools.with(governor()).build();
    Script script =
        Script.of(
            Script.calls(
                Script.call("1", "refund.create", "{\"amount\": 1}"),
                Script.call("2", "refund.createAll", "{}")),
            Script.says("a pity"));
    AiServices<Streamer> services =
        AiServices.builder(Streamer.class)
            .streamingChatModel(script.streamingModel())
            .tools(tools.of(refunds))
            .hallucinatedToolNameStrategy(tools.inventedNames())
            .registerListeners(tools.listeners());
    try {
      if (concurrent) {
        services.executeToolsConcurrently(pool);
      }
      assertThat(Streams.answer(services.build().ask("hello"))).isEqualTo("a pity");
    } finally {
      pool.shutdown();
    }

    assertThat(scopes()).filteredOn(UnusableCallsTest::isUnknown).hasSize(1);
    assertThat(trace.sessions()).hasSizeBetween(1, sessions);
  }

  @Test
  void argumentsThatAreNoJsonAreRecordedWhileObservingAndReachTheHostsHandlerAsBefore() {
    Governor observing = builder().policy(Policies.of("observe", "rules: []\n")).build();

    String plain = toldOfBrokenArguments(UnaryOperator.identity());
    String governed = toldOfBrokenArguments(GovernedTools.with(observing).build()::of);

    assertThat(governed).isEqualTo(plain).startsWith("not understood: ");
    assertThat(scopes().get(0).violations()).contains("GOV-004");
    assertThat(scopes().get(0).passThrough()).isTrue();
    assertThat(refunds.paid).isEmpty();
  }

  @Test
  void argumentsThatAreNoJsonAreRefusedInEnforce() {
    Governor enforcing = builder().policy(Policies.of("enforce", "rules: []\n")).build();

    String told = toldOfBrokenArguments(GovernedTools.with(enforcing).build()::of);

    assertThat(told).startsWith("Refused by rule GOV-004.");
    assertThat(scopes().get(0).passThrough()).isFalse();
    assertThat(refunds.paid).isEmpty();
  }

  private String toldOfBrokenArguments(
      UnaryOperator<List<dev.langchain4j.service.tool.AiServiceTool>> governing) {
    return toldOf("{\"amount\": ", governing);
  }

  @Test
  void argumentsThatDoNotFitTheToolAreOnRecordAsACallWithoutResult() {
    String told = toldOf("{\"amount\": \"much\"}", GovernedTools.with(governor()).build()::of);

    assertThat(told).startsWith("not understood: ");
    assertThat(Traces.scopes(trace)).hasSize(1);
    assertThat(Traces.snapshots(trace)).isEmpty();
  }

  private String toldOf(
      String arguments, UnaryOperator<List<dev.langchain4j.service.tool.AiServiceTool>> governing) {
    Script script =
        Script.of(
            Script.calls(Script.call("1", "refund.create", arguments)), Script.says("a pity"));
    AiServices.builder(Assistant.class)
        .chatModel(script.model())
        .tools(governing.apply(dev.langchain4j.service.tool.ToolService.findTools(refunds)))
        .toolArgumentsErrorHandler(
            (failure, context) ->
                ToolErrorHandlerResult.text(
                    "not understood: " + failure.getMessage() + context.memoryId()))
        .build()
        .ask("hello");
    return told(script, "1").text();
  }

  private Governor governor() {
    return builder().build();
  }

  private GovernorBuilder builder(Rule... rules) {
    return Governor.builder().trace(trace).rules(rules);
  }

  private AiServices<Assistant> assistant(GovernedTools tools, Script script) {
    return AiServices.builder(Assistant.class)
        .chatModel(script.model())
        .tools(tools.of(refunds))
        .registerListeners(tools.listeners());
  }

  private List<TraceEvent> scopes() {
    return trace.events().stream()
        .filter(event -> event.type().equals(EventType.SCOPE_ASSERTED))
        .toList();
  }

  private static boolean isUnknown(TraceEvent scope) {
    return scope.flags().contains(AdvisoryFlag.TOOL_UNKNOWN);
  }

  private static ToolExecutionResultMessage told(Script script, String id) {
    for (ChatMessage message : script.requests().get(1).messages()) {
      if (message instanceof ToolExecutionResultMessage result
          && java.util.Objects.equals(result.id(), id)) {
        return result;
      }
    }
    throw new AssertionError("the model was told nothing of call " + id);
  }
}
