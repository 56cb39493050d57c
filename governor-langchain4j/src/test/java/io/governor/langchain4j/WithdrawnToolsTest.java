package io.governor.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.memory.chat.MessageWindowChatMemory;
import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.listener.ChatModelRequestContext;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.request.DefaultChatRequestParameters;
import dev.langchain4j.model.chat.request.ToolChoice;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.MemoryId;
import dev.langchain4j.service.TokenStream;
import dev.langchain4j.service.UserMessage;
import io.governor.Governor;
import io.governor.Mode;
import io.governor.Rule;
import io.governor.testkit.RecordingTraceSink;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tools that a rule withdraws from a session are gone from its next request. */
class WithdrawnToolsTest {

  interface Assistant {
    String ask(String message);
  }

  interface Remembering {
    String ask(@MemoryId String memory, @UserMessage String message);
  }

  interface Tuned {
    String ask(@UserMessage String message, ChatRequestParameters parameters);
  }

  interface Streamer {
    TokenStream ask(String message);
  }

  static final class Tools {
    @Tool(name = "web.fetch")
    String fetch() {
      return "fetched";
    }

    @Tool(name = "mail.send")
    String send() {
      return "sent";
    }

    @Tool(name = "crm.lookup")
    String lookup() {
      return "found";
    }
  }

  private static final ChatResponse FETCH = Script.calls(Script.call("1", "web.fetch", "{}"));
  private static final ChatResponse SEND = Script.calls(Script.call("2", "mail.send", "{}"));

  private final RecordingTraceSink trace = new RecordingTraceSink();
  private final GovernedTools tools = tools("mail.*", Mode.ENFORCE);

  private GovernedTools tools(String withdrawn, Mode mode) {
    Rule rule = Rule.named("ACME-101").tools("web.fetch").contract(withdrawn).mode(mode).warn();
    return GovernedTools.with(Governor.builder().trace(trace).rules(rule).build())
        .sessionPerMemory()
        .build();
  }

  @Test
  void aWithdrawnToolIsGoneFromTheNextRequestAndFromNoOtherSession() {
    Script script = Script.of(FETCH, Script.says("one"), Script.says("two"));
    Assistant assistant = assistant(script, tools).build();

    assistant.ask("first");
    assistant.ask("second");

    assertThat(offered(script, 0))
        .containsExactlyInAnyOrder("web.fetch", "mail.send", "crm.lookup");
    assertThat(offered(script, 1)).containsExactlyInAnyOrder("web.fetch", "crm.lookup");
    assertThat(offered(script, 2)).hasSize(3);
  }

  @Test
  void aCallOfAWithdrawnToolIsRefusedAllTheSame() {
    Script script = Script.of(FETCH, SEND, Script.says("one"));

    assistant(script, tools).build().ask("first");

    ToolExecutionResultMessage told =
        (ToolExecutionResultMessage) script.requests().get(2).messages().get(4);
    assertThat(told.isError()).isTrue();
    assertThat(told.text()).startsWith("Refused by rule GOV-007.").contains("ACME-101");
  }

  @Test
  void withoutTheGovernedModelTheCallIsRefusedAndTheToolStillOffered() {
    Script script = Script.of(FETCH, SEND, Script.says("one"));

    AiServices.builder(Assistant.class)
        .chatModel(script.model())
        .tools(tools.of(new Tools()))
        .build()
        .ask("first");

    assertThat(offered(script, 1)).hasSize(3);
    assertThat(((ToolExecutionResultMessage) script.requests().get(2).messages().get(4)).text())
        .startsWith("Refused by rule GOV-007.");
  }

  @Test
  void aSessionThatOutlivesTheInvocationStaysContracted() {
    Script script = Script.of(FETCH, Script.says("one"), Script.says("two"), Script.says("three"));
    Remembering assistant =
        AiServices.builder(Remembering.class)
            .chatModel(tools.model(script.model()))
            .chatMemoryProvider(id -> MessageWindowChatMemory.withMaxMessages(10))
            .tools(tools.of(new Tools()))
            .registerListeners(tools.listeners())
            .build();

    assistant.ask("ticket-7", "first");
    assistant.ask("ticket-7", "second");
    assistant.ask("ticket-8", "third");

    assertThat(offered(script, 2)).doesNotContain("mail.send").hasSize(2);
    assertThat(offered(script, 3)).hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void streamedRequestsAreContractedTooWhoeverStartsThem(boolean concurrent) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(2);
    Script script = Script.of(FETCH, Script.says("one"));
    AiServices<Streamer> services =
        AiServices.builder(Streamer.class)
            .streamingChatModel(tools.model(script.streamingModel()))
            .tools(tools.of(new Tools()))
            .registerListeners(tools.listeners());
    try {
      TokenStream stream =
          (concurrent ? services.executeToolsConcurrently(pool) : services).build().ask("first");
      String answer = CompletableFuture.supplyAsync(() -> answer(stream)).get(20, TimeUnit.SECONDS);
      assertThat(answer).isEqualTo("one");
    } finally {
      pool.shutdown();
    }

    assertThat(offered(script, 0)).hasSize(3);
    assertThat(offered(script, 1)).containsExactlyInAnyOrder("web.fetch", "crm.lookup");
  }

  private static String answer(TokenStream stream) {
    try {
      return Streams.answer(stream);
    } catch (Exception failure) {
      throw new IllegalStateException(failure);
    }
  }

  /** As providers' own parameters do: they would be lost in a copy of the common ones. */
  static final class Own extends DefaultChatRequestParameters {
    private final String tier;

    private Own(Builder builder) {
      super(builder);
      this.tier = builder.tier;
    }

    @Override
    public ChatRequestParameters overrideWith(ChatRequestParameters that) {
      return builder().overrideWith(this).overrideWith(that).build();
    }

    @Override
    public ChatRequestParameters defaultedBy(ChatRequestParameters that) {
      return builder().overrideWith(that).overrideWith(this).build();
    }

    public static Builder builder() {
      return new Builder();
    }

    static final class Builder extends DefaultChatRequestParameters.Builder<Builder> {
      private String tier;

      Builder tier(String newTier) {
        tier = newTier;
        return this;
      }

      @Override
      public Builder overrideWith(ChatRequestParameters parameters) {
        super.overrideWith(parameters);
        if (parameters instanceof Own own && own.tier != null) {
          tier = own.tier;
        }
        return this;
      }

      @Override
      public Own build() {
        return new Own(this);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"mail.*", "*"})
  void whatElseTheRequestSaysStaysAsItWas(String withdrawn) {
    GovernedTools contracting = tools(withdrawn, Mode.ENFORCE);
    Script script = Script.of(FETCH, Script.says("one"));
    AiServices.builder(Tuned.class)
        .chatModel(contracting.model(withDefaults(script, Own.builder().build())))
        .tools(contracting.of(new Tools()))
        .registerListeners(contracting.listeners())
        .build()
        .ask("first", Own.builder().tier("gold").temperature(0.5).build());

    ChatRequestParameters later = script.requests().get(1).parameters();
    assertThat(later.temperature()).isEqualTo(0.5);
    assertThat(later)
        .isInstanceOfSatisfying(Own.class, own -> assertThat(own.tier).isEqualTo("gold"));
  }

  @Test
  void whenNothingIsLeftNoToolIsRequiredEither() {
    GovernedTools contracting = tools("*", Mode.ENFORCE);
    Script script = Script.of(FETCH, Script.says("one"));

    assistant(script, contracting)
        .chatRequestTransformer(WithdrawnToolsTest::requiringTools)
        .build()
        .ask("first");

    assertThat(script.requests().get(0).toolChoice()).isEqualTo(ToolChoice.REQUIRED);
    assertThat(offered(script, 1)).isEmpty();
    assertThat(script.requests().get(1).toolChoice()).isNull();
  }

  private static ChatRequest requiringTools(ChatRequest request) {
    return ChatRequest.builder()
        .messages(request.messages())
        .parameters(
            request
                .parameters()
                .overrideWith(
                    ChatRequestParameters.builder().toolChoice(ToolChoice.REQUIRED).build()))
        .build();
  }

  @Test
  void whereTheModelItselfRequiresToolsTheChoiceBecomesNone() {
    GovernedTools contracting = tools("*", Mode.ENFORCE);
    Script script = Script.of(FETCH, Script.says("one"));
    ChatRequestParameters required =
        ChatRequestParameters.builder().toolChoice(ToolChoice.REQUIRED).build();

    AiServices.builder(Assistant.class)
        .chatModel(contracting.model(withDefaults(script, required)))
        .tools(contracting.of(new Tools()))
        .registerListeners(contracting.listeners())
        .build()
        .ask("first");

    assertThat(script.requests().get(0).toolChoice()).isEqualTo(ToolChoice.REQUIRED);
    assertThat(offered(script, 1)).isEmpty();
    assertThat(script.requests().get(1).toolChoice()).isEqualTo(ToolChoice.NONE);
  }

  private static ChatModel withDefaults(Script script, ChatRequestParameters defaults) {
    ChatModel model = script.model();
    return new ChatModel() {
      @Override
      public ChatResponse doChat(ChatRequest request) {
        return model.doChat(request);
      }

      @Override
      public ChatRequestParameters defaultRequestParameters() {
        return defaults;
      }
    };
  }

  @Test
  void inObserveModeTheVeryRequestsAreSent() {
    GovernedTools observing = tools("*", Mode.OBSERVE);
    Script plain = Script.of(FETCH, Script.says("one"));
    Script governed = Script.of(FETCH, Script.says("one"));

    AiServices.builder(Assistant.class)
        .chatModel(plain.model())
        .tools(dev.langchain4j.service.tool.ToolService.findTools(new Tools()))
        .build()
        .ask("first");
    assistant(governed, observing).build().ask("first");

    assertThat(governed.requests()).isEqualTo(plain.requests());
  }

  @Test
  void theModelsOwnListenersSeeWhatIsSentAndTokensAreStillAttributed() {
    List<Integer> seen = new ArrayList<>();
    ChatModelListener counting =
        new ChatModelListener() {
          @Override
          public void onRequest(ChatModelRequestContext context) {
            seen.add(context.chatRequest().toolSpecifications().size());
          }
        };
    Script script =
        Script.of(
                Script.calls("turn-1", 100, 10, Script.call("1", "web.fetch", "{}")),
                Script.calls("turn-2", 200, 20, Script.call("2", "crm.lookup", "{}")),
                Script.says("one"))
            .heardBy(ModelProvider.OPEN_AI, counting)
            .heardBy(ModelProvider.OPEN_AI, tools.modelListener());

    assistant(script, tools).build().ask("first");

    assertThat(seen).containsExactly(3, 2, 2);
    assertThat(Traces.snapshots(trace))
        .extracting(snapshot -> snapshot.usage().turnId() + snapshot.usage().provider())
        .containsExactly("turn-1openai", "turn-2openai");
  }

  @Test
  void aPausedSessionRefusesEveryToolUntilItIsReleased() {
    Governor governor = Governor.builder().trace(trace).build();
    GovernedTools governed = GovernedTools.with(governor).sessionPerMemory().build();
    Script script =
        Script.of(FETCH, Script.says("one"), SEND, Script.says("two"), SEND, Script.says("three"));
    Remembering assistant =
        AiServices.builder(Remembering.class)
            .chatModel(governed.model(script.model()))
            .chatMemoryProvider(id -> MessageWindowChatMemory.withMaxMessages(20))
            .tools(governed.of(new Tools()))
            .registerListeners(governed.listeners())
            .build();

    assistant.ask("ticket-7", "first");
    governor.pause("ticket-7");
    assistant.ask("ticket-7", "second");
    governor.release("ticket-7");
    assistant.ask("ticket-7", "third");

    assertThat(results(script, 3)).startsWith("Refused by rule GOV-005.");
    assertThat(results(script, 5)).isEqualTo("sent");
  }

  /** The latest result that the request carries. */
  private static String results(Script script, int request) {
    return script.requests().get(request).messages().stream()
        .filter(ToolExecutionResultMessage.class::isInstance)
        .map(message -> ((ToolExecutionResultMessage) message).text())
        .reduce((earlier, later) -> later)
        .orElseThrow();
  }

  private static AiServices<Assistant> assistant(Script script, GovernedTools tools) {
    return AiServices.builder(Assistant.class)
        .chatModel(tools.model(script.model()))
        .tools(tools.of(new Tools()))
        .registerListeners(tools.listeners());
  }

  private static List<String> offered(Script script, int request) {
    List<ToolSpecification> tools = script.requests().get(request).toolSpecifications();
    return tools == null ? List.of() : tools.stream().map(ToolSpecification::name).toList();
  }
}
