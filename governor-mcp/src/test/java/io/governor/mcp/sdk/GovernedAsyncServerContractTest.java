package io.governor.mcp.sdk;

import io.modelcontextprotocol.server.McpAsyncServer;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpServerFeatures.AsyncToolSpecification;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpServerTransportProvider;
import java.util.concurrent.atomic.AtomicReference;
import reactor.core.publisher.Mono;

/** An asynchronous server of the SDK that governs its own tool. */
class GovernedAsyncServerContractTest extends GovernedServerContractTest {

  @Override
  Runnable server(
      McpServerTransportProvider end, GovernedServerTools governed, AtomicReference<Tool> tool) {
    McpAsyncServer server =
        McpServer.async(end)
            .jsonMapper(Wire.MAPPER)
            .serverInfo("crm", "1")
            .capabilities(McpSchema.ServerCapabilities.builder().tools(true).build())
            .tools(
                governed.of(
                    new AsyncToolSpecification(
                        SdkRun.tool(TOOL),
                        (exchange, request) -> Mono.fromSupplier(() -> run(tool.get(), request)))))
            .build();
    return server::close;
  }
}
