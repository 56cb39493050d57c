package io.governor.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.invocation.InvocationParameters;
import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.TokenStream;
import io.governor.Governor;
import io.governor.TokenUsage;
import io.governor.event.EventPayload.ContextSnapshot;
import io.governor.event.EventType;
import io.governor.testkit.RecordingTraceSink;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What a model turn used stands on that turn's snapshots, and nowhere else. */
public class TokenAttributionTest {

  private final RecordingTraceSink trace = new RecordingTraceSink();
  private final CountDownLatch firstSnapshots = new CountDownLatch(1);

  /** The first turn's, the one that tells its usage afterwards, and the second turn's. */
  private final CountDownLatch allSnapshots = new CountDownLatch(3);

  private final Governor governor =
      Governor.builder()
          .trace(trace)
          .sink(
              event -> {
                if (event.type().equals(EventType.CONTEXT_SNAPSHOT)) {
                  firstSnapshots.countDown();
                  allSnapshots.countDown();
                }
              })
          .build();
  private final GovernedTools tools = GovernedTools.with(governor).build();

  interface Assistant {
    String ask(String message);
  }

  interface Streamer {
    TokenStream ask(
        @dev.langchain4j.service.UserMessage String message, InvocationParameters parameters);
  }

  record Crm(Runnable work) {
    @Tool(name = "crm.lookup")
    String lookup(String order) {
      work.run();
      return "found " + order;
    }
  }

  private static ChatResponse lookup(String turn, int in, int out, String... ids) {
    return Script.calls(
        turn,
        in,
        out,
        List.of(ids).stream()
            .map(id -> Script.call(id, "crm.lookup", "{\"order\": \"" + id + "\"}"))
            .toArray(dev.langchain4j.agent.tool.ToolExecutionRequest[]::new));
  }

  @Test
  void eachTurnsUsageStandsOnItsOwnSnapshots() {
    Script script =
        Script.of(
            lookup("turn-1", 100, 10, "a", "b"),
            lookup("turn-2", 200, 20, "c"),
            Script.says("done"));

    ask(script, () -> {});

    assertThat(usages())
        .extracting(TokenUsage::turnId)
        .containsExactly("turn-1", "turn-1", "turn-2");
    assertThat(usages()).extracting(TokenUsage::promptTokens).containsExactly(100L, 100L, 200L);
    assertThat(usages()).extracting(TokenUsage::completionTokens).containsExactly(10L, 10L, 20L);
    assertThat(usages()).extracting(TokenUsage::model).containsOnly("scripted-1");
    assertThat(usages().get(0).toolUseIds()).containsExactly("a", "b");
    assertThat(usages().get(2).toolUseIds()).containsExactly("c");
  }

  @Test
  void callsWithoutIdsAreFoundByWhatTheyAskAndInOrder() {
    ChatResponse turn =
        Script.calls(
            "turn-1",
            100,
            10,
            Script.call(null, "crm.lookup", "{\"order\": \"1\"}"),
            Script.call(null, "crm.lookup", "{\"order\": \"1\"}"));

    ask(Script.of(turn, Script.says("done")), () -> {});

    assertThat(usages()).extracting(TokenUsage::turnId).containsExactly("turn-1", "turn-1");
    assertThat(usages().get(0).toolUseIds()).isEmpty();
  }

  @Test
  void aTurnWithoutUsageStillNamesItsCalls() {
    ask(
        Script.of(
            Script.calls(Script.call("a", "crm.lookup", "{\"order\": \"1\"}")),
            Script.says("done")),
        () -> {});

    TokenUsage usage = usages().get(0);
    assertThat(usage.promptTokens()).isNull();
    assertThat(usage.completionTokens()).isNull();
    assertThat(usage.turnId()).isNotEmpty();
    assertThat(usage.toolUseIds()).containsExactly("a");
  }

  @Test
  void theModelsListenerAddsTheProviderAndCountsNothingTwice() {
    Script script =
        Script.of(lookup("turn-1", 100, 10, "a"), Script.says("done"))
            .heardBy(ModelProvider.OPEN_AI, tools.modelListener());

    ask(script, () -> {});

    assertThat(usages())
        .containsExactly(
            new TokenUsage(
                100L, 10L, null, null, null, "scripted-1", "openai", "turn-1", List.of("a")));
  }

  @Test
  void aModelThatAToolAsksByItselfIsNotTheTurn() {
    Script own =
        Script.of(lookup("own", 7, 7, "x")).heardBy(ModelProvider.ANTHROPIC, tools.modelListener());
    ChatModel ownModel = own.model();
    Script script =
        Script.of(lookup("turn-1", 100, 10, "a"), Script.says("done"))
            .heardBy(ModelProvider.OPEN_AI, tools.modelListener());

    ask(script, () -> ownModel.chat("a question of the tool's own"));

    assertThat(usages()).extracting(TokenUsage::turnId).containsExactly("turn-1");
    assertThat(usages()).extracting(TokenUsage::provider).containsExactly("openai");
  }

  @Test
  void aNestedServiceHasTurnsOfItsOwn() {
    Script inner = Script.of(lookup("inner", 5, 5, "i"), Script.says("inner done"));
    Script outer = Script.of(lookup("outer", 100, 10, "o"), Script.says("done"));

    ask(outer, () -> ask(inner, () -> {}));

    assertThat(trace.sessions()).hasSize(1);
    assertThat(usages()).extracting(TokenUsage::turnId).containsExactly("inner", "outer");
  }

  @Test
  void withoutListenersNothingIsClaimed() {
    Script script = Script.of(lookup("turn-1", 100, 10, "a"), Script.says("done"));

    AiServices.builder(Assistant.class)
        .chatModel(script.model())
        .tools(tools.of(new Crm(() -> {})))
        .build()
        .ask("hello");

    assertThat(usages()).containsOnlyNulls();
  }

  @Test
  void streamedTurnsAreAttributedToo() throws Exception {
    Script script =
        Script.of(
                lookup("turn-1", 100, 10, "a"), lookup("turn-2", 200, 20, "b"), Script.says("done"))
            .heardBy(ModelProvider.ANTHROPIC, tools.modelListener());

    stream(
        AiServices.builder(Streamer.class)
            .streamingChatModel(script.streamingModel())
            .tools(tools.of(new Crm(() -> {})))
            .registerListeners(tools.listeners()));

    assertThat(usages()).extracting(TokenUsage::turnId).containsExactly("turn-1", "turn-2");
    assertThat(usages()).extracting(TokenUsage::provider).containsOnly("anthropic");
    assertThat(usages()).extracting(TokenUsage::promptTokens).containsExactly(100L, 200L);
  }

  /** The method names are those of the providers' own classes. */
  @Test
  void whatProvidersTellBeyondPromptAndAnswerIsTaken() {
    ask(
        Script.of(
            using("turn-1", new AnthropicLike()),
            using("turn-2", new OpenAiLike()),
            using("turn-3", new GeminiLike()),
            Script.says("done")),
        () -> {});

    assertThat(usages())
        .extracting(
            TokenUsage::cachedReadTokens,
            TokenUsage::cachedWriteTokens,
            TokenUsage::reasoningTokens)
        .containsExactly(tuple(70L, 30L, null), tuple(60L, null, 9L), tuple(50L, null, 8L));
    assertThat(usages()).extracting(TokenUsage::promptTokens).containsOnly(100L);
  }

  private static ChatResponse using(String turn, dev.langchain4j.model.output.TokenUsage usage) {
    return ChatResponse.builder()
        .aiMessage(lookup(turn, 0, 0, turn).aiMessage())
        .id(turn)
        .tokenUsage(usage)
        .build();
  }

  /** Providers' classes add themselves up. */
  public static class Like extends dev.langchain4j.model.output.TokenUsage {
    Like() {
      super(100, 10);
    }

    @Override
    public dev.langchain4j.model.output.TokenUsage add(
        dev.langchain4j.model.output.TokenUsage other) {
      return this;
    }
  }

  public static class AnthropicLike extends Like {
    public Integer cacheReadInputTokens() {
      return 70;
    }

    public Integer cacheCreationInputTokens() {
      return 30;
    }
  }

  public static class OpenAiLike extends Like {
    public InputDetails inputTokensDetails() {
      return new InputDetails(60);
    }

    public OutputDetails outputTokensDetails() {
      return new OutputDetails(9);
    }
  }

  public record InputDetails(Integer cachedTokens) {}

  public record OutputDetails(Integer reasoningTokens) {}

  public static class GeminiLike extends Like {
    public Integer cachedContentTokenCount() {
      return 50;
    }

    public Integer thoughtsTokenCount() {
      return 8;
    }
  }

  /**
   * With streaming and concurrent tools a call runs before its turn's usage is known. The turn
   * before must not be taken for it; the usage is recorded afterwards.
   */
  @Test
  void aTurnWhoseCallsRanBeforeItsUsageWasKnownIsRecordedAfterwardsOnce() throws Exception {
    Script script =
        Script.of(
                lookup("turn-1", 100, 10, "a"), lookup("turn-2", 200, 20, "b"), Script.says("done"))
            .answersAfter(firstSnapshots, allSnapshots);
    ExecutorService pool = Executors.newFixedThreadPool(2);
    try {
      stream(
          AiServices.builder(Streamer.class)
              .streamingChatModel(script.streamingModel())
              .executeToolsConcurrently(pool)
              .tools(tools.of(new Crm(() -> {})))
              .registerListeners(tools.listeners()));
    } finally {
      pool.shutdown();
    }

    assertThat(usages().stream().map(usage -> usage == null ? "none" : usage.turnId()))
        .containsExactly("none", "turn-1", "none", "turn-2");
  }

  private void ask(Script script, Runnable work) {
    String answer =
        AiServices.builder(Assistant.class)
            .chatModel(script.model())
            .tools(tools.of(new Crm(work)))
            .registerListeners(tools.listeners())
            .build()
            .ask("hello");
    assertThat(answer).endsWith("done");
  }

  private static void stream(AiServices<Streamer> services) throws Exception {
    CompletableFuture<ChatResponse> done = new CompletableFuture<>();
    services
        .build()
        .ask("hello", new InvocationParameters())
        .onPartialResponse(part -> {})
        .onCompleteResponse(done::complete)
        .onError(done::completeExceptionally)
        .start();
    done.get(20, TimeUnit.SECONDS);
  }

  private List<TokenUsage> usages() {
    return Traces.snapshots(trace).stream().map(ContextSnapshot::usage).toList();
  }
}
