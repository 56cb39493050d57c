package io.governor.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.invocation.InvocationContext;
import dev.langchain4j.mcp.McpToolProvider;
import dev.langchain4j.mcp.client.DefaultMcpClient;
import dev.langchain4j.mcp.client.McpClient;
import dev.langchain4j.mcp.client.transport.stdio.StdioMcpTransport;
import dev.langchain4j.service.tool.ToolExecutionResult;
import dev.langchain4j.service.tool.ToolExecutor;
import dev.langchain4j.service.tool.ToolProviderRequest;
import io.governor.Governor;
import io.governor.Mode;
import io.governor.Rule;
import io.governor.ToolArguments;
import io.governor.ToolResult;
import io.governor.testkit.RecordingTraceSink;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The tools of a server that is a process of its own. */
class McpStdioTest {

  private static McpClient server;

  private final RecordingTraceSink trace = new RecordingTraceSink();

  @BeforeAll
  static void start() {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    server =
        DefaultMcpClient.builder()
            .key("child")
            .transport(
                StdioMcpTransport.builder()
                    .command(List.of(java, "-Xshare:auto", "-Xmx64m", McpPeer.class.getName()))
                    .environment(Map.of("CLASSPATH", System.getProperty("java.class.path")))
                    .build())
            .autoHealthCheck(false)
            .build();
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
  }

  @Test
  void anAllowedCallReachesTheServerAndItsResultComesBack() {
    assertThat(call("order 7").resultText()).isEqualTo("found order 7");
    assertThat(Traces.snapshots(trace)).hasSize(1);
  }

  @Test
  void aDeniedCallIsAnErrorResultThatTheServerNeverSaw() {
    ToolExecutionResult answer =
        call("order 7", Rule.named("ACME-101").mode(Mode.ENFORCE).reason("No.").deny());

    assertThat(answer.isError()).isTrue();
    assertThat(answer.resultText()).isEqualTo("Refused by rule ACME-101. No.");
    assertThat(Traces.snapshots(trace)).isEmpty();
  }

  @Test
  void theServerGetsRedactedArgumentsAndTheModelTheRedactedResult() {
    Rule arguments =
        Rule.named("ACME-102")
            .mode(Mode.ENFORCE)
            .redactArguments(given -> ToolArguments.of(Map.of("text", "[order]")));
    assertThat(call("order 7", arguments).resultText()).isEqualTo("found [order]");

    Rule result =
        Rule.named("ACME-103")
            .mode(Mode.ENFORCE)
            .redactResult(given -> ToolResult.ofText("[gone]"));
    assertThat(call("order 7", result).resultText()).isEqualTo("[gone]");
  }

  @Test
  void whatTheServerReportsAsFailedIsThrownAsLangChain4jDoes() {
    assertThatThrownBy(() -> call("fail")).hasMessage("password is hunter2");
    assertThat(Traces.scopes(trace)).hasSize(1);
    assertThat(Traces.snapshots(trace)).isEmpty();
  }

  private ToolExecutionResult call(String text, Rule... rules) {
    Governor governor = Governor.builder().trace(trace).rules(rules).build();
    GovernedTools tools = GovernedTools.with(governor).build();
    McpToolProvider provider =
        McpToolProvider.builder().mcpClients(server).toolWrapper(tools::executor).build();
    ToolExecutor tool =
        provider
            .provideTools(new ToolProviderRequest("default", UserMessage.from("hello")))
            .aiServiceTools()
            .get(0)
            .toolExecutor();
    InvocationContext context = InvocationContext.builder().invocationId(UUID.randomUUID()).build();
    return tool.executeWithContext(Crm.request(text), context);
  }
}
