package io.governor.mcp.sdk;

import io.modelcontextprotocol.client.McpAsyncClient;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.spec.McpClientTransport;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What the tests of clients and servers share. */
public final class SdkRun {

  public static final Duration PATIENCE = Duration.ofSeconds(30);

  private SdkRun() {}

  public static Tool tool(String name) {
    Map<String, Object> schema =
        Map.of("type", "object", "properties", Map.of("text", Map.of("type", "string")));
    return Tool.builder(name, schema).description("says so").build();
  }

  public static CallToolRequest request(String tool, String text) {
    return CallToolRequest.builder(tool).arguments(Map.of("text", text)).build();
  }

  public static CallToolResult said(String text) {
    return CallToolResult.builder(List.of(TextContent.builder(text).build())).build();
  }

  public static String text(CallToolResult result) {
    return result.content().stream()
        .map(content -> ((McpSchema.TextContent) content).text())
        .collect(Collectors.joining("\n\n"));
  }

  public static McpSyncClient client(McpClientTransport transport) {
    McpSyncClient client =
        McpClient.sync(transport).requestTimeout(PATIENCE).initializationTimeout(PATIENCE).build();
    client.initialize();
    return client;
  }

  public static McpAsyncClient asyncClient(McpClientTransport transport) {
    McpAsyncClient client =
        McpClient.async(transport).requestTimeout(PATIENCE).initializationTimeout(PATIENCE).build();
    client.initialize().block(PATIENCE);
    return client;
  }
}
