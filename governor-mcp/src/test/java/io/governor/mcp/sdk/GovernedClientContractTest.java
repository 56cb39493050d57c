package io.governor.mcp.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import io.governor.Governor;
import io.governor.testkit.AdapterContract;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpSyncServer;
import io.modelcontextprotocol.spec.McpClientTransport;
import io.modelcontextprotocol.spec.McpSchema;
import java.util.concurrent.atomic.AtomicReference;

/** The SDK's synchronous client, governed at its transport, and a server that is not. */
class GovernedClientContractTest extends AdapterContract {

  @Override
  protected Run start(Governor governor, String prompt) {
    AtomicReference<Tool> tool = new AtomicReference<>();
    Wire wire = new Wire();
    McpSyncServer server =
        McpServer.sync(wire.serverEnd())
            .jsonMapper(Wire.MAPPER)
            .serverInfo("crm", "1")
            .capabilities(McpSchema.ServerCapabilities.builder().tools(true).build())
            .toolCall(SdkRun.tool(TOOL), (exchange, request) -> run(tool.get(), request))
            .build();
    return run(GovernedClientTransport.of(governor, "crm", wire), server, tool);
  }

  /** How the client calls its tool. */
  Run run(McpClientTransport transport, McpSyncServer server, AtomicReference<Tool> running) {
    McpSyncClient client = SdkRun.client(transport);
    return new Run() {
      @Override
      public Answer call(String text, Tool tool) {
        running.set(tool);
        return Answer.of(() -> SdkRun.text(client.callTool(SdkRun.request(TOOL, text))));
      }

      @Override
      public void close() {
        client.close();
        server.close();
      }
    };
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

  /** What a server's tool throws is what the SDK makes of it. */
  @Override
  protected void assertFailureReachesTheHost(Throwable thrown, Answer answer) {
    assertThat(answer.failure() == null ? answer.text() : answer.failure().getMessage())
        .contains(thrown.getMessage());
  }
}
