package io.governor.samples.mcp;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.modelcontextprotocol.json.jackson2.JacksonMcpJsonMapper;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.transport.StdioServerTransportProvider;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.ServerCapabilities;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import java.util.List;
import java.util.Map;

/**
 * A shop's MCP server on standard streams, made with the official Java SDK. It knows nothing of
 * rules, and says more than it should.
 */
public final class ShopServer {

  private ShopServer() {}

  public static void main(String[] args) throws InterruptedException {
    McpServer.sync(new StdioServerTransportProvider(new JacksonMcpJsonMapper(new ObjectMapper())))
        .serverInfo("shop", "1")
        .capabilities(ServerCapabilities.builder().tools(false).build())
        .toolCall(
            tool("find_order", Map.of("order", Map.of("type", "string"))),
            (exchange, request) ->
                said(
                    "Order 1042: two parcels, paid by card. Carrier's key:"
                        + " ghp_0123456789abcdefghijABCDEFGHIJ012345"))
        .toolCall(
            tool(
                "refund_order",
                Map.of("order", Map.of("type", "string"), "amount", Map.of("type", "number"))),
            (exchange, request) -> said("Refunded " + request.arguments().get("amount") + " EUR."))
        .build();
    // The server's threads are daemons; the client ends the process.
    Thread.currentThread().join();
  }

  private static Tool tool(String name, Map<String, Object> properties) {
    return Tool.builder(name, Map.of("type", "object", "properties", properties)).build();
  }

  private static CallToolResult said(String text) {
    return CallToolResult.builder(List.of(TextContent.builder(text).build())).build();
  }
}
