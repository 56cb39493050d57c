package io.governor.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.TokenStream;
import dev.langchain4j.service.tool.AiServiceTool;
import dev.langchain4j.service.tool.ToolProvider;
import dev.langchain4j.service.tool.ToolProviderResult;
import io.governor.Governor;
import io.governor.testkit.RecordingTraceSink;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A start-up check that cannot be forgotten where it is required. */
class StrictTest {

  private final RecordingTraceSink trace = new RecordingTraceSink();
  private final Governor governor = Governor.builder().trace(trace).build();
  private final GovernedTools strict = GovernedTools.with(governor).strict().build();
  private final AtomicInteger runs = new AtomicInteger();
  private final Script script =
      Script.of(
          Script.calls(Script.call("1", "crm.lookup", "{}")),
          Script.says("done"),
          Script.calls(Script.call("2", "crm.lookup", "{}")),
          Script.says("done"));

  interface Support {
    String answer(String message);
  }

  interface Stream {
    TokenStream answer(String message);
  }

  final class Crm {
    @Tool(name = "crm.lookup")
    String lookup() {
      return "found " + runs.incrementAndGet();
    }
  }

  static final class Mail {
    @Tool(name = "mail.send")
    String send() {
      return "sent";
    }
  }

  private AiServices<Support> support() {
    return AiServices.builder(Support.class).chatModel(script.model());
  }

  private String toldTheModel() {
    return ((ToolExecutionResultMessage) script.requests().get(1).messages().get(2)).text();
  }

  @Test
  void aServiceThatWasCheckedRuns() {
    Support support =
        strict.check(
            support().tools(strict.of(new Crm())).registerListeners(strict.listeners()).build());

    assertThat(support.answer("hello")).isEqualTo("done");
    assertThat(toldTheModel()).isEqualTo("found 1");
  }

  @Test
  void aServiceWithAnUngovernedToolIsRefusedWhereItIsBuilt() {
    Support support = support().tools(strict.of(new Crm())).tools(new Mail()).build();

    assertThatThrownBy(() -> strict.check(support))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("not every tool passes a governor: 1 of 2 governed")
        .hasMessageContaining("ungoverned  mail.send of " + Support.class.getName());
  }

  @Test
  void aServiceThatFailedTheCheckMayUseNoTool() {
    Support covered = support().tools(strict.of(new Crm())).build();
    Support open = support().tools(strict.of(new Crm())).tools(new Mail()).build();
    strict.check(covered);
    assertThatThrownBy(() -> strict.check(open)).isInstanceOf(IllegalStateException.class);

    open.answer("hello");

    assertThat(toldTheModel()).startsWith("Refused: ");
  }

  @Test
  void withoutTheCheckTheServiceDoesNotRunAtAll() {
    Support support = support().tools(new Crm()).registerListeners(strict.listeners()).build();

    assertThatThrownBy(() -> support.answer("hello"))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("strict: " + Support.class.getName() + " has not been checked")
        .hasMessageContaining("GovernedTools.check");
    assertThat(runs).hasValue(0);
    assertThat(script.requests()).isEmpty();
  }

  @Test
  void withoutTheCheckAStreamDoesNotStart() {
    Stream stream =
        AiServices.builder(Stream.class)
            .streamingChatModel(script.streamingModel())
            .tools(new Crm())
            .registerListeners(strict.listeners())
            .build();

    assertThatThrownBy(
            () ->
                stream.answer("hello").onPartialResponse(text -> {}).onError(failure -> {}).start())
        .isInstanceOf(AssertionError.class);
    assertThat(script.requests()).isEmpty();
  }

  @Test
  void withoutCheckAndListenersTheToolsAreRefusedAndTheRunGoesOn() {
    Support support = support().tools(strict.of(new Crm())).build();

    assertThat(support.answer("hello")).isEqualTo("done");

    assertThat(toldTheModel())
        .isEqualTo("Refused: whether every tool of this service is governed has not been checked.");
    assertThat(runs).hasValue(0);
  }

  @Test
  void providersAreHeldToTheSame() {
    AiServiceTool tool = strict.of(new Crm()).get(0);
    ToolProvider provider =
        request ->
            ToolProviderResult.builder().add(tool.toolSpecification(), tool.toolExecutor()).build();

    support().toolProvider(strict.provider(provider)).build().answer("hello");

    assertThat(toldTheModel()).startsWith("Refused: ");
  }

  @Test
  void theCheckAsksNoProvider() {
    AtomicInteger asked = new AtomicInteger();
    ToolProvider provider =
        request -> {
          asked.incrementAndGet();
          return ToolProviderResult.builder().build();
        };

    strict.check(support().toolProvider(strict.provider(provider)).build());

    assertThat(asked).hasValue(0);
  }

  @Test
  void callsByHandAreNotAffected() {
    AiServiceTool tool = strict.of(new Crm()).get(0);

    String answer =
        tool.toolExecutor()
            .execute(
                ToolExecutionRequest.builder().name("crm.lookup").arguments("{}").build(), null);

    assertThat(answer).isEqualTo("found 1");
  }

  @Test
  void toolsThatAreNotStrictCanBeCheckedAndNeedNotBe() {
    GovernedTools tools = GovernedTools.with(governor).build();
    Support support =
        support().tools(tools.of(new Crm())).registerListeners(tools.listeners()).build();

    assertThat(support.answer("hello")).isEqualTo("done");
    assertThatCode(() -> tools.check(support)).doesNotThrowAnyException();
  }

  @Test
  void aBuilderIsNoServiceYet() {
    assertThatThrownBy(() -> strict.check(support().tools(strict.of(new Crm()))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("check: expected an AI service that is built, got its builder");
  }
}
