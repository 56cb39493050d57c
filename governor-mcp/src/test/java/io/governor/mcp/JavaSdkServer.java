package io.governor.mcp;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.modelcontextprotocol.json.jackson2.JacksonMcpJsonMapper;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.transport.StdioServerTransportProvider;
import io.modelcontextprotocol.spec.McpSchema;
import java.util.List;
import java.util.Map;

/** A server made with the official Java SDK, as a program of its own. */
public final class JavaSdkServer {

  private JavaSdkServer() {}

  public static void main(String[] args) throws InterruptedException {
    var transport = new StdioServerTransportProvider(new JacksonMcpJsonMapper(new ObjectMapper()));
    McpServer.sync(transport)
        .serverInfo("box", "1")
        .capabilities(McpSchema.ServerCapabilities.builder().tools(true).build())
        .toolCall(
            tool("echo"), (exchange, request) -> said("echo " + request.arguments().get("text")))
        .toolCall(tool("delete"), (exchange, request) -> said("deleted"))
        .build();
    Thread.currentThread().join();
  }

  private static McpSchema.Tool tool(String name) {
    Map<String, Object> schema =
        Map.of("type", "object", "properties", Map.of("text", Map.of("type", "string")));
    return McpSchema.Tool.builder(name, schema).description("says so").build();
  }

  private static McpSchema.CallToolResult said(String text) {
    return McpSchema.CallToolResult.builder(List.of(McpSchema.TextContent.builder(text).build()))
        .build();
  }
}
