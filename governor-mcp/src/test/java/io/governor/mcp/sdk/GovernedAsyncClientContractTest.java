package io.governor.mcp.sdk;

import io.modelcontextprotocol.client.McpAsyncClient;
import io.modelcontextprotocol.server.McpSyncServer;
import io.modelcontextprotocol.spec.McpClientTransport;
import java.util.concurrent.atomic.AtomicReference;

/** The SDK's asynchronous client, governed at its transport. */
class GovernedAsyncClientContractTest extends GovernedClientContractTest {

  @Override
  Run run(McpClientTransport transport, McpSyncServer server, AtomicReference<Tool> running) {
    McpAsyncClient client = SdkRun.asyncClient(transport);
    return new Run() {
      @Override
      public Answer call(String text, Tool tool) {
        running.set(tool);
        return Answer.of(
            () -> SdkRun.text(client.callTool(SdkRun.request(TOOL, text)).block(SdkRun.PATIENCE)));
      }

      @Override
      public void close() {
        client.closeGracefully().block(SdkRun.PATIENCE);
        server.close();
      }
    };
  }
}
