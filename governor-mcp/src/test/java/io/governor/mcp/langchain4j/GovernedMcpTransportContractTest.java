package io.governor.mcp.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.exception.ToolExecutionException;
import dev.langchain4j.mcp.client.DefaultMcpClient;
import dev.langchain4j.mcp.client.McpClient;
import io.governor.Governor;
import io.governor.mcp.sdk.SdkRun;
import io.governor.mcp.sdk.Wire;
import io.governor.testkit.AdapterContract;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpSyncServer;
import io.modelcontextprotocol.spec.McpSchema;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/** LangChain4j's MCP client by itself, governed at its transport. */
class GovernedMcpTransportContractTest extends AdapterContract {

  @Override
  protected Run start(Governor governor, String prompt) {
    AtomicReference<Tool> running = new AtomicReference<>();
    Wire wire = new Wire();
    McpSyncServer server =
        McpServer.sync(wire.serverEnd())
            .jsonMapper(Wire.MAPPER)
            .serverInfo("crm", "1")
            .capabilities(McpSchema.ServerCapabilities.builder().tools(true).build())
            .toolCall(SdkRun.tool(TOOL), (exchange, request) -> run(running.get(), request))
            .build();
    McpClient client =
        DefaultMcpClient.builder()
            .transport(GovernedMcpTransport.of(governor, "crm", new LangChain4jWire(wire)))
            .autoHealthCheck(false)
            .build();
    return new Run() {
      @Override
      public Answer call(String text, Tool tool) {
        running.set(tool);
        return Answer.of(() -> ask(client, text));
      }

      @Override
      public void close() {
        try {
          client.close();
        } catch (Exception e) {
          throw new AssertionError(e);
        }
        server.close();
      }
    };
  }

  /**
   * An error of a tool is an exception to who calls the client, and its message is for the model.
   */
  private static String ask(McpClient client, String text) throws Exception {
    String arguments = new ObjectMapper().writeValueAsString(Map.of(ARGUMENT, text));
    try {
      return client
          .executeTool(ToolExecutionRequest.builder().name(TOOL).arguments(arguments).build())
          .resultText();
    } catch (ToolExecutionException e) {
      return e.getMessage();
    }
  }

  private static McpSchema.CallToolResult run(Tool tool, McpSchema.CallToolRequest request) {
    try {
      return SdkRun.said(tool.run((String) request.arguments().get(ARGUMENT)));
    } catch (Exception e) {
      throw new IllegalStateException(e.getMessage(), e);
    }
  }

  @Override
  protected String governedName() {
    return "mcp__crm__" + TOOL;
  }

  @Override
  protected void assertFailureReachesTheHost(Throwable thrown, Answer answer) {
    assertThat(answer.text()).contains(thrown.getMessage());
  }
}
