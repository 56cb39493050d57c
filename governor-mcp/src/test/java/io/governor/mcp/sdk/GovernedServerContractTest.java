package io.governor.mcp.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import io.governor.Governor;
import io.governor.testkit.AdapterContract;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.server.McpSyncServer;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpServerTransportProvider;
import java.util.concurrent.atomic.AtomicReference;

/** A synchronous server of the SDK that governs its own tool, and a client that does not. */
class GovernedServerContractTest extends AdapterContract {

  @Override
  protected Run start(Governor governor, String prompt) {
    AtomicReference<Tool> running = new AtomicReference<>();
    Wire wire = new Wire();
    Runnable closing = server(wire.serverEnd(), GovernedServerTools.of(governor, "crm"), running);
    McpSyncClient client = SdkRun.client(wire);
    return new Run() {
      @Override
      public Answer call(String text, Tool tool) {
        running.set(tool);
        return Answer.of(() -> SdkRun.text(client.callTool(SdkRun.request(TOOL, text))));
      }

      @Override
      public void close() {
        client.close();
        closing.run();
      }
    };
  }

  /** Starts a server, and says how to end it. */
  Runnable server(
      McpServerTransportProvider end, GovernedServerTools governed, AtomicReference<Tool> tool) {
    McpSyncServer server =
        McpServer.sync(end)
            .jsonMapper(Wire.MAPPER)
            .serverInfo("crm", "1")
            .capabilities(McpSchema.ServerCapabilities.builder().tools(true).build())
            .tools(
                governed.of(
                    new SyncToolSpecification(
                        SdkRun.tool(TOOL), (exchange, request) -> run(tool.get(), request))))
            .build();
    return server::close;
  }

  static McpSchema.CallToolResult run(Tool tool, McpSchema.CallToolRequest request) {
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
