package io.governor.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.invocation.InvocationContext;
import dev.langchain4j.mcp.McpToolProvider;
import dev.langchain4j.service.tool.ToolExecutor;
import dev.langchain4j.service.tool.ToolProvider;
import dev.langchain4j.service.tool.ToolProviderRequest;
import dev.langchain4j.service.tool.ToolProviderResult;
import dev.langchain4j.service.tool.ToolService;
import io.governor.Governor;
import io.governor.testkit.AdapterContract;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Nested;

/** Every way into LangChain4j passes the exam that every adapter takes. */
class GovernedToolsContractTest {

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
      return (text, tool) ->
          Answer.of(() -> call(governed(tools, tool), Crm.request(text), context));
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
      return tools.of(Map.of(Crm.SPECIFICATION, Crm.executor(tool::run))).get(Crm.SPECIFICATION);
    }
  }

  @Nested
  class ProvidedTools extends ExecutorContract {
    @Override
    ToolExecutor governed(GovernedTools tools, Tool tool) {
      ToolProvider provider =
          request ->
              ToolProviderResult.builder().add(Crm.SPECIFICATION, Crm.executor(tool::run)).build();
      return only(tools.provider(provider));
    }
  }

  @Nested
  class McpTools extends ExecutorContract {
    @Override
    ToolExecutor governed(GovernedTools tools, Tool tool) {
      return only(
          McpToolProvider.builder()
              .mcpClients(McpPeer.client(tool::run))
              .toolWrapper(tools::executor)
              .build());
    }

    /** Only the message of a failure passes the protocol. */
    @Override
    protected void assertFailureReachesTheHost(Throwable thrown, Answer answer) {
      assertThat(answer.failure())
          .isInstanceOf(RuntimeException.class)
          .hasMessage(thrown.getMessage());
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
          Answer.of(() -> governed(tools, tool).execute(Crm.request(text), memoryId));
    }

    @Override
    ToolExecutor governed(GovernedTools tools, Tool tool) {
      return tools.executor(Crm.executor(tool::run));
    }
  }

  /** Tools called by hand, with the error handling of LangChain4j's tool loop around them. */
  @Nested
  class ByHand extends ExecutorContract {
    @Override
    ToolExecutor governed(GovernedTools tools, Tool tool) {
      return tools.of(new Crm(tool::run)).get(0).toolExecutor();
    }

    @Override
    String call(ToolExecutor executor, ToolExecutionRequest request, InvocationContext context) {
      Map<String, ToolExecutor> executors = Map.of(Crm.NAME, executor);
      return new ToolService().executeTool(context, executors, request, null, null).resultText();
    }

    @Override
    protected void assertFailureReachesTheHost(Throwable thrown, Answer answer) {
      assertThat(answer.text()).isEqualTo(thrown.getMessage());
    }
  }

  private static ToolExecutor only(ToolProvider provider) {
    ToolProviderRequest request = new ToolProviderRequest("default", UserMessage.from("hello"));
    ToolProviderResult provided = provider.provideTools(request);
    assertThat(provided.aiServiceTools()).hasSize(1);
    return provided.aiServiceTools().get(0).toolExecutor();
  }
}
