package io.governor.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.invocation.InvocationParameters;
import dev.langchain4j.mcp.McpToolProvider;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.TokenStream;
import dev.langchain4j.service.UserMessage;
import dev.langchain4j.service.tool.AiServiceTool;
import dev.langchain4j.service.tool.ToolProvider;
import dev.langchain4j.service.tool.ToolProviderRequest;
import dev.langchain4j.service.tool.ToolProviderResult;
import io.governor.Governor;
import io.governor.testkit.AdapterContract;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every way a tool can reach a service, in every way a service can run its tools: the whole loop
 * with a model, and what the model reads of the tool.
 */
@ParameterizedClass(name = "{0}, {1}")
@MethodSource("everyWay")
class EveryPathContractTest extends AdapterContract {

  /** The way in. */
  enum Path {
    TOOL_OBJECTS,
    EXECUTOR_MAP,
    AI_SERVICE_TOOLS,
    STATIC_PROVIDER,
    DYNAMIC_PROVIDER,
    MCP_TOOL_WRAPPER,
    MCP_PROVIDER;

    <T> AiServices<T> add(AiServices<T> services, GovernedTools tools, Crm.Body body) {
      return switch (this) {
        case TOOL_OBJECTS -> services.tools(tools.of(new Crm(body)));
        case EXECUTOR_MAP ->
            services.tools(tools.of(Map.of(Crm.SPECIFICATION, Crm.executor(body))));
        case AI_SERVICE_TOOLS -> services.tools(tools.of(List.of(tool(body))));
        case STATIC_PROVIDER -> services.toolProvider(tools.provider(provider(body, false)));
        case DYNAMIC_PROVIDER -> services.toolProvider(tools.provider(provider(body, true)));
        case MCP_TOOL_WRAPPER ->
            services.toolProvider(
                McpToolProvider.builder()
                    .mcpClients(McpPeer.client(body))
                    .toolWrapper(tools::executor)
                    .build());
        case MCP_PROVIDER ->
            services.toolProvider(
                tools.provider(McpToolProvider.builder().mcpClients(McpPeer.client(body)).build()));
      };
    }

    private static AiServiceTool tool(Crm.Body body) {
      return AiServiceTool.builder()
          .toolSpecification(Crm.SPECIFICATION)
          .toolExecutor(Crm.executor(body))
          .build();
    }

    private static ToolProvider provider(Crm.Body body, boolean dynamic) {
      return new ToolProvider() {
        @Override
        public ToolProviderResult provideTools(ToolProviderRequest request) {
          return ToolProviderResult.builder().add(tool(body)).build();
        }

        @Override
        public boolean isDynamic() {
          return dynamic;
        }
      };
    }
  }

  /** The way a service runs its tools. */
  enum Mode {
    SYNC,
    SYNC_CONCURRENT,
    STREAMING,
    STREAMING_CONCURRENT;

    boolean streams() {
      return this == STREAMING || this == STREAMING_CONCURRENT;
    }

    boolean isConcurrent() {
      return this == SYNC_CONCURRENT || this == STREAMING_CONCURRENT;
    }
  }

  interface Assistant {
    String ask(@UserMessage String prompt, InvocationParameters where);
  }

  interface Streamer {
    TokenStream ask(@UserMessage String prompt, InvocationParameters where);
  }

  private static final ExecutorService POOL =
      Executors.newCachedThreadPool(
          work -> {
            Thread thread = new Thread(work, "tools");
            thread.setDaemon(true);
            return thread;
          });

  /** Tools run at once only where a model calls several; nobody governs this one. */
  private static final ToolExecutionRequest SECOND_CALL = Script.call("clock-1", "clock.now", "{}");

  private final Path path;
  private final Mode mode;

  EveryPathContractTest(Path path, Mode mode) {
    this.path = path;
    this.mode = mode;
  }

  static Stream<Arguments> everyWay() {
    return Stream.of(Path.values())
        .flatMap(path -> Stream.of(Mode.values()).map(mode -> Arguments.of(path, mode)));
  }

  @Override
  protected Run start(Governor governor, String prompt) {
    GovernedTools tools =
        GovernedTools.with(governor)
            .sessionOf(context -> context.invocationParameters().get("session"))
            .build();
    InvocationParameters where = InvocationParameters.from("session", UUID.randomUUID().toString());
    return (text, tool) -> Answer.of(() -> ask(tools, prompt, where, text, tool::run));
  }

  /** LangChain4j turns what a tool throws into what the model reads. */
  @Override
  protected void assertFailureReachesTheHost(Throwable thrown, Answer answer) {
    assertThat(answer.text()).isEqualTo(thrown.getMessage());
  }

  private String ask(
      GovernedTools tools, String prompt, InvocationParameters where, String text, Crm.Body body)
      throws Exception {
    ToolExecutionRequest call = Crm.request(text);
    List<ToolExecutionRequest> calls = new ArrayList<>(List.of(call));
    if (mode.isConcurrent()) {
      calls.add(0, SECOND_CALL);
    }
    ChatResponse round = Script.calls(calls.toArray(ToolExecutionRequest[]::new));
    Script script = Script.of(round, Script.says("done"));
    assertThat(finalAnswer(script, tools, prompt, where, body)).isEqualTo("done");
    return read(script, call);
  }

  private String finalAnswer(
      Script script, GovernedTools tools, String prompt, InvocationParameters where, Crm.Body body)
      throws Exception {
    if (!mode.streams()) {
      return prepared(AiServices.builder(Assistant.class).chatModel(script.model()), tools, body)
          .build()
          .ask(prompt, where);
    }
    CompletableFuture<ChatResponse> done = new CompletableFuture<>();
    prepared(
            AiServices.builder(Streamer.class).streamingChatModel(script.streamingModel()),
            tools,
            body)
        .build()
        .ask(prompt, where)
        .onPartialResponse(part -> {})
        .onCompleteResponse(done::complete)
        .onError(done::completeExceptionally)
        .start();
    return done.get(20, TimeUnit.SECONDS).aiMessage().text();
  }

  private <T> AiServices<T> prepared(AiServices<T> services, GovernedTools tools, Crm.Body body) {
    if (mode.isConcurrent()) {
      ToolSpecification clock = ToolSpecification.builder().name("clock.now").build();
      services.executeToolsConcurrently(POOL).tools(Map.of(clock, (request, memoryId) -> "twelve"));
    }
    return path.add(services, tools, body).registerListeners(tools.listeners());
  }

  private static String read(Script script, ToolExecutionRequest call) {
    List<ToolExecutionResultMessage> results =
        script.requests().get(1).messages().stream()
            .filter(ToolExecutionResultMessage.class::isInstance)
            .map(ToolExecutionResultMessage.class::cast)
            .filter(result -> call.id().equals(result.id()))
            .toList();
    assertThat(results).hasSize(1);
    return results.get(0).text();
  }
}
