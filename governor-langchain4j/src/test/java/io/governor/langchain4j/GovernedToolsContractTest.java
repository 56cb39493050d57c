package io.governor.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.agent.tool.P;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.invocation.InvocationContext;
import dev.langchain4j.invocation.InvocationParameters;
import dev.langchain4j.mcp.McpToolProvider;
import dev.langchain4j.mcp.client.McpClient;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.TokenStream;
import dev.langchain4j.service.tool.ToolExecutionResult;
import dev.langchain4j.service.tool.ToolExecutor;
import dev.langchain4j.service.tool.ToolProvider;
import dev.langchain4j.service.tool.ToolProviderRequest;
import dev.langchain4j.service.tool.ToolProviderResult;
import io.governor.Governor;
import io.governor.ToolArguments;
import io.governor.testkit.AdapterContract;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Nested;

/** Every way into LangChain4j passes the exam that every adapter takes. */
class GovernedToolsContractTest {

  /** A failure on its way through executors of checked code. */
  private static final class Wrapped extends RuntimeException {
    private static final long serialVersionUID = 1;

    Wrapped(Exception cause) {
      super(cause);
    }
  }

  /** Calls a governed executor as LangChain4j's tool loop does. */
  private abstract static class ExecutorContract extends AdapterContract {

    abstract ToolExecutor governed(GovernedTools tools, Tool tool);

    @Override
    protected Run start(Governor governor, String prompt) {
      GovernedTools tools = GovernedTools.with(governor).build();
      InvocationContext context =
          InvocationContext.builder()
              .invocationId(UUID.randomUUID())
              .userMessage(UserMessage.from(prompt))
              .build();
      return (text, tool) -> Answer.of(() -> call(governed(tools, tool), request(text), context));
    }

    String call(ToolExecutor executor, ToolExecutionRequest request, InvocationContext context) {
      return executor.executeWithContext(request, context).resultText();
    }

    @Override
    protected void assertFailureReachesTheHost(Throwable thrown, Answer answer) {
      assertThat(answer.failure()).isInstanceOf(RuntimeException.class).hasCause(thrown);
    }
  }

  @Nested
  class ToolObjects extends ExecutorContract {
    @Override
    ToolExecutor governed(GovernedTools tools, Tool tool) {
      return tools.of(new Crm(tool::run)).get(0).toolExecutor();
    }
  }

  @Nested
  class ExecutorMap extends ExecutorContract {
    @Override
    ToolExecutor governed(GovernedTools tools, Tool tool) {
      return tools.of(Map.of(SPECIFICATION, executor(tool::run))).get(SPECIFICATION);
    }
  }

  @Nested
  class ProvidedTools extends ExecutorContract {
    @Override
    ToolExecutor governed(GovernedTools tools, Tool tool) {
      ToolProvider provider =
          request -> ToolProviderResult.builder().add(SPECIFICATION, executor(tool::run)).build();
      return only(tools.provider(provider));
    }
  }

  @Nested
  class McpTools extends ExecutorContract {
    @Override
    ToolExecutor governed(GovernedTools tools, Tool tool) {
      return only(
          McpToolProvider.builder()
              .mcpClients(client(tool::run))
              .toolWrapper(tools::executor)
              .build());
    }
  }

  /** The older way in, which knows a memory id and no invocation. */
  @Nested
  class WithoutContext extends ExecutorContract {
    @Override
    protected Run start(Governor governor, String prompt) {
      GovernedTools tools = GovernedTools.with(governor).build();
      String memoryId = UUID.randomUUID().toString();
      return (text, tool) ->
          Answer.of(() -> governed(tools, tool).execute(request(text), memoryId));
    }

    @Override
    ToolExecutor governed(GovernedTools tools, Tool tool) {
      return tools.executor(executor(tool::run));
    }
  }

  /** The whole way: a service, a model, and what the model reads of the tool. */
  private abstract static class ServiceContract extends AdapterContract {

    abstract void invoke(Script script, Crm crm, Governor governor, String prompt, String session)
        throws Exception;

    @Override
    protected Run start(Governor governor, String prompt) {
      String session = UUID.randomUUID().toString();
      return (text, tool) ->
          Answer.of(
              () -> {
                ChatResponse call = Script.calls(request(text));
                Script script = Script.of(call, Script.says("done"));
                invoke(script, new Crm(tool::run), governor, prompt, session);
                return read(script);
              });
    }

    static GovernedTools tools(Governor governor) {
      return GovernedTools.with(governor)
          .sessionOf(context -> context.invocationParameters().get("session"))
          .build();
    }

    private static String read(Script script) {
      List<ToolExecutionResultMessage> results =
          script.requests().get(1).messages().stream()
              .filter(ToolExecutionResultMessage.class::isInstance)
              .map(ToolExecutionResultMessage.class::cast)
              .toList();
      assertThat(results).hasSize(1);
      return results.get(0).text();
    }

    /** LangChain4j turns what a tool throws into what the model reads. */
    @Override
    protected void assertFailureReachesTheHost(Throwable thrown, Answer answer) {
      assertThat(answer.text()).isEqualTo(thrown.getMessage());
    }
  }

  @Nested
  class Service extends ServiceContract {
    interface Assistant {
      String ask(@dev.langchain4j.service.UserMessage String prompt, InvocationParameters where);
    }

    @Override
    void invoke(Script script, Crm crm, Governor governor, String prompt, String session) {
      GovernedTools tools = tools(governor);
      String answer =
          AiServices.builder(Assistant.class)
              .chatModel(script.model())
              .tools(tools.of(crm))
              .registerListeners(tools.listeners())
              .build()
              .ask(prompt, InvocationParameters.from("session", session));
      assertThat(answer).isEqualTo("done");
    }
  }

  interface Streamer {
    TokenStream ask(@dev.langchain4j.service.UserMessage String prompt, InvocationParameters where);
  }

  @Nested
  class StreamingService extends ServiceContract {
    @Override
    void invoke(Script script, Crm crm, Governor governor, String prompt, String session)
        throws Exception {
      GovernedTools tools = tools(governor);
      stream(
          AiServices.builder(Streamer.class)
              .streamingChatModel(script.streamingModel())
              .tools(tools.of(crm))
              .registerListeners(tools.listeners()),
          prompt,
          session);
    }
  }

  @Nested
  class StreamingServiceWithConcurrentTools extends ServiceContract {
    @Override
    void invoke(Script script, Crm crm, Governor governor, String prompt, String session)
        throws Exception {
      GovernedTools tools = tools(governor);
      ExecutorService pool = Executors.newFixedThreadPool(2);
      try {
        stream(
            AiServices.builder(Streamer.class)
                .streamingChatModel(script.streamingModel())
                .executeToolsConcurrently(pool)
                .tools(tools.of(crm))
                .registerListeners(tools.listeners()),
            prompt,
            session);
      } finally {
        pool.shutdown();
      }
    }
  }

  private static void stream(AiServices<Streamer> services, String prompt, String session)
      throws Exception {
    CompletableFuture<ChatResponse> done = new CompletableFuture<>();
    services
        .build()
        .ask(prompt, InvocationParameters.from("session", session))
        .onPartialResponse(part -> {})
        .onCompleteResponse(done::complete)
        .onError(done::completeExceptionally)
        .start();
    assertThat(done.get(20, TimeUnit.SECONDS).aiMessage().text()).isEqualTo("done");
  }

  private static final ToolSpecification SPECIFICATION =
      ToolSpecification.builder()
          .name("crm.lookup")
          .parameters(JsonObjectSchema.builder().addStringProperty("text").build())
          .build();

  private static final AtomicInteger CALLS = new AtomicInteger();

  /** The tool as a host would write it. */
  record Crm(Body body) {
    @dev.langchain4j.agent.tool.Tool(name = "crm.lookup", value = "Looks a customer up")
    String lookup(@P("what to look for") String text) throws Exception {
      return body.run(text);
    }
  }

  interface Body {
    String run(String text) throws Exception;
  }

  private static ToolExecutor executor(Body body) {
    return (request, memoryId) -> {
      try {
        return body.run(text(request));
      } catch (Exception failure) {
        throw new Wrapped(failure);
      }
    };
  }

  private static McpClient client(Body body) {
    return (McpClient)
        Proxy.newProxyInstance(
            McpClient.class.getClassLoader(),
            new Class<?>[] {McpClient.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "listTools" -> List.of(SPECIFICATION);
                  case "executeTool" ->
                      ToolExecutionResult.builder()
                          .resultText(
                              executor(body).execute((ToolExecutionRequest) arguments[0], null))
                          .build();
                  default -> null;
                });
  }

  private static ToolExecutor only(ToolProvider provider) {
    ToolProviderRequest request = new ToolProviderRequest("default", UserMessage.from("hello"));
    ToolProviderResult provided = provider.provideTools(request);
    assertThat(provided.aiServiceTools()).hasSize(1);
    return provided.aiServiceTools().get(0).toolExecutor();
  }

  private static ToolExecutionRequest request(String text) {
    String id = "call-" + CALLS.incrementAndGet();
    return Script.call(id, "crm.lookup", ToolArguments.of(Map.of("text", text)).json());
  }

  private static String text(ToolExecutionRequest request) {
    return (String) ToolArguments.ofJson(request.arguments()).asMap().get("text");
  }
}
