package io.governor.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.agent.tool.ReturnBehavior;
import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.ChatMessageSerializer;
import dev.langchain4j.data.message.ImageContent;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.invocation.InvocationContext;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.Result;
import dev.langchain4j.service.TokenStream;
import dev.langchain4j.service.tool.AiServiceTool;
import dev.langchain4j.service.tool.ToolErrorHandlerResult;
import dev.langchain4j.service.tool.ToolExecution;
import dev.langchain4j.service.tool.ToolExecutionResult;
import dev.langchain4j.service.tool.ToolExecutor;
import dev.langchain4j.service.tool.ToolProvider;
import dev.langchain4j.service.tool.ToolProviderRequest;
import dev.langchain4j.service.tool.ToolProviderResult;
import dev.langchain4j.service.tool.ToolService;
import io.governor.Governor;
import io.governor.Rule;
import io.governor.ToolArguments;
import io.governor.ToolResult;
import io.governor.testkit.RecordingTraceSink;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The same conversation with and without a governor whose every rule matches and only observes:
 * what the model is sent, and what the caller gets, is the same to the byte, in every path and
 * every way a service runs its tools.
 */
class ObserveEveryPathTest {

  private static final List<ToolExecutionRequest> CALLS =
      List.of(
          Script.call("1", "plain.text", "{\"order\": \"1042\"}"),
          Script.call("2", "plain.structured", "{\"order\": \"ünï 😀\"}"),
          Script.call(null, "plain.nothing", "{}"),
          Script.call("4", "plain.failing", "{}"),
          Script.call("5", "rich.picture", "{}"),
          Script.call("6", "rich.attributes", "{}"),
          Script.call("7", "rich.error", "{}"),
          Script.call("8", "plain.text", "{\"order\": "),
          Script.call("9", "plain.invented", "{}"),
          Script.call("10", "now.report", "{\"kind\": \"open\"}"));

  private static final ToolExecutionRequest IMMEDIATE =
      Script.call("11", "now.report", "{\"kind\": \"closed\"}");

  private final ExecutorService pool = Executors.newFixedThreadPool(4);

  interface Assistant {
    Result<String> ask(String message);
  }

  interface Streamer {
    TokenStream ask(String message);
  }

  static final class Plain {
    @Tool(name = "plain.text")
    String text(String order) {
      return "order " + order;
    }

    @Tool(name = "plain.structured")
    Map<String, Object> structured(String order) {
      return Map.of("order", order);
    }

    @Tool(name = "plain.nothing")
    void nothing() {}

    @Tool(name = "plain.failing")
    String failing() {
      throw new IllegalStateException("the bank is closed");
    }

    @Tool(name = "now.report", returnBehavior = ReturnBehavior.IMMEDIATE)
    Map<String, Object> report(String kind) {
      return Map.of("kind", kind);
    }
  }

  /** How tools are handed to a service, governed or not. */
  enum Path {
    LIST {
      @Override
      void add(AiServices<?> services, List<AiServiceTool> tools, GovernedTools governed) {
        services.tools(governed == null ? tools : governed.of(tools));
      }
    },
    MAP {
      @Override
      void add(AiServices<?> services, List<AiServiceTool> tools, GovernedTools governed) {
        Map<ToolSpecification, ToolExecutor> map = new LinkedHashMap<>();
        tools.forEach(tool -> map.put(tool.toolSpecification(), tool.toolExecutor()));
        services.tools(governed == null ? map : governed.of(map));
      }
    },
    PROVIDER {
      @Override
      void add(AiServices<?> services, List<AiServiceTool> tools, GovernedTools governed) {
        ToolProvider provider = provider(tools, false);
        services.toolProvider(governed == null ? provider : governed.provider(provider));
      }
    },
    DYNAMIC_PROVIDER {
      @Override
      void add(AiServices<?> services, List<AiServiceTool> tools, GovernedTools governed) {
        ToolProvider provider = provider(tools, true);
        services.toolProvider(governed == null ? provider : governed.provider(provider));
      }
    };

    abstract void add(AiServices<?> services, List<AiServiceTool> tools, GovernedTools governed);

    static ToolProvider provider(List<AiServiceTool> tools, boolean dynamic) {
      return new ToolProvider() {
        @Override
        public ToolProviderResult provideTools(ToolProviderRequest request) {
          ToolProviderResult.Builder result = ToolProviderResult.builder();
          tools.forEach(result::add);
          return result.build();
        }

        @Override
        public boolean isDynamic() {
          return dynamic;
        }
      };
    }
  }

  static List<Arguments> everyWay() {
    List<Arguments> ways = new ArrayList<>();
    for (Path path : Path.values()) {
      for (boolean streaming : new boolean[] {false, true}) {
        for (boolean concurrent : new boolean[] {false, true}) {
          ways.add(Arguments.of(path, streaming, concurrent));
        }
      }
    }
    return ways;
  }

  @AfterEach
  void stop() {
    pool.shutdown();
  }

  @ParameterizedTest(name = "{0}, streaming {1}, concurrent {2}")
  @MethodSource("everyWay")
  void nothingChanges(Path path, boolean streaming, boolean concurrent) throws Exception {
    RecordingTraceSink trace = new RecordingTraceSink();
    Governor governor = observing(trace);

    Heard plain = conversation(path, streaming, concurrent, null);
    Heard governed =
        conversation(path, streaming, concurrent, GovernedTools.with(governor).build());

    assertThat(governed.json()).isEqualTo(plain.json());
    assertThat(governed.requests()).isEqualTo(plain.requests());
    assertThat(governed.answers()).isEqualTo(plain.answers());
    assertThat(results(governed)).hasSize(CALLS.size());
    assertThat(Traces.scopes(trace)).hasSize(CALLS.size() + 1);
    assertThat(trace.events().get(2).violations())
        .contains("ACME-101", "ACME-102", "ACME-103", "ACME-104");
  }

  private static Governor observing(RecordingTraceSink trace) {
    return Governor.builder()
        .trace(trace)
        .rules(
            Rule.named("ACME-101").contract("*").pause().deny(),
            Rule.named("ACME-102").ask(),
            Rule.named("ACME-103").warn(),
            Rule.named("ACME-104").redactArguments(arguments -> ToolArguments.empty()),
            Rule.named("ACME-105").redactResult(result -> ToolResult.ofText("[gone]")),
            Rule.named("ACME-106").onResult().deny())
        .build();
  }

  /** What the model was sent, and what the caller got. */
  record Heard(List<String> json, List<ChatRequest> requests, List<String> answers) {}

  private Heard conversation(
      Path path, boolean streaming, boolean concurrent, GovernedTools governed) throws Exception {
    ToolExecutionRequest[] calls = CALLS.toArray(ToolExecutionRequest[]::new);
    Script script =
        Script.of(
            Script.calls(calls), Script.says("one"), Script.calls(IMMEDIATE), Script.says("two"));
    List<String> answers = new ArrayList<>();
    if (streaming) {
      AiServices<Streamer> services = AiServices.builder(Streamer.class);
      services.streamingChatModel(
          governed == null ? script.streamingModel() : governed.model(script.streamingModel()));
      Streamer streamer = prepared(services, path, concurrent, governed).build();
      for (String message : List.of("first", "second")) {
        answers.add(streamed(streamer.ask(message)));
      }
    } else {
      AiServices<Assistant> services = AiServices.builder(Assistant.class);
      services.chatModel(governed == null ? script.model() : governed.model(script.model()));
      Assistant assistant = prepared(services, path, concurrent, governed).build();
      for (String message : List.of("first", "second")) {
        answers.add(described(assistant.ask(message)));
      }
    }
    List<ChatRequest> requests = script.requests();
    return new Heard(
        requests.stream()
            .map(ChatRequest::messages)
            .map(ChatMessageSerializer::messagesToJson)
            .toList(),
        requests,
        answers);
  }

  private <T> AiServices<T> prepared(
      AiServices<T> services, Path path, boolean concurrent, GovernedTools governed) {
    List<AiServiceTool> tools = new ArrayList<>(ToolService.findTools(new Plain()));
    tools.addAll(rich());
    path.add(services, tools, governed);
    if (concurrent) {
      services.executeToolsConcurrently(pool);
    }
    java.util.function.Function<ToolExecutionRequest, ToolExecutionResultMessage> invented =
        request -> ToolExecutionResultMessage.from(request, "what is " + request.name() + "?");
    services.hallucinatedToolNameStrategy(
        governed == null ? invented : governed.inventedNames(invented));
    services.toolArgumentsErrorHandler(
        (failure, context) -> ToolErrorHandlerResult.text("what? " + failure.getMessage()));
    return governed == null ? services : services.registerListeners(governed.listeners());
  }

  private static String streamed(TokenStream stream) throws Exception {
    StringBuilder heard = new StringBuilder();
    CountDownLatch done = new CountDownLatch(1);
    stream
        .onPartialResponse(part -> {})
        .onToolExecuted(execution -> {})
        .onCompleteResponse(
            response -> {
              heard.append(response.aiMessage());
              done.countDown();
            })
        .onError(
            failure -> {
              heard.append(failure);
              done.countDown();
            })
        .start();
    assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
    return heard.toString();
  }

  private static String described(Result<String> result) {
    StringBuilder text = new StringBuilder().append(result.content()).append('\n');
    for (ToolExecution execution : result.toolExecutions()) {
      text.append(execution.request()).append(execution.resultContents());
      text.append(execution.resultObject()).append(execution.hasFailed());
      text.append('\n');
    }
    return text.toString();
  }

  private static List<AiServiceTool> rich() {
    return List.of(
        tool(
            "rich.picture",
            ToolExecutionResult.builder()
                .resultContents(
                    List.of(
                        TextContent.from("the parcel"),
                        ImageContent.from("https://shop.example/parcel.png")))
                .build()),
        tool(
            "rich.attributes",
            ToolExecutionResult.builder()
                .result(List.of(1, 2))
                .resultText("[1, 2]")
                .attributes(Map.of("page", 1))
                .build()),
        tool(
            "rich.error",
            ToolExecutionResult.builder().isError(true).resultText("no such customer").build()));
  }

  private static AiServiceTool tool(String name, ToolExecutionResult result) {
    ToolExecutor executor =
        new ToolExecutor() {
          @Override
          public String execute(ToolExecutionRequest request, Object memoryId) {
            return result.resultText();
          }

          @Override
          public ToolExecutionResult executeWithContext(
              ToolExecutionRequest request, InvocationContext context) {
            return result;
          }
        };
    return AiServiceTool.builder()
        .toolSpecification(ToolSpecification.builder().name(name).build())
        .toolExecutor(executor)
        .build();
  }

  private static List<ToolExecutionResultMessage> results(Heard heard) {
    return heard.requests().get(1).messages().stream()
        .filter(ToolExecutionResultMessage.class::isInstance)
        .map(ToolExecutionResultMessage.class::cast)
        .toList();
  }
}
