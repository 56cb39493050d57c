package io.governor.langchain4j;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.langchain4j.mcp.client.DefaultMcpClient;
import dev.langchain4j.mcp.client.McpCallContext;
import dev.langchain4j.mcp.client.McpClient;
import dev.langchain4j.mcp.client.transport.McpOperationHandler;
import dev.langchain4j.mcp.client.transport.McpTransport;
import dev.langchain4j.mcp.protocol.McpClientMessage;
import dev.langchain4j.mcp.protocol.McpInitializeRequest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;

/**
 * An MCP server with one tool, which speaks the protocol to LangChain4j's own client: in this JVM,
 * where the tool is the test's, and as a child process, where {@link #main} is.
 */
final class McpPeer {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SCHEMA =
      "{\"type\":\"object\",\"properties\":{\"text\":{\"type\":\"string\"}},\"required\":[\"text\"]}";

  private final Crm.Body body;

  McpPeer(Crm.Body body) {
    this.body = body;
  }

  /** A client that reaches the tool through the protocol, without a process. */
  static McpClient client(Crm.Body body) {
    return DefaultMcpClient.builder()
        .key("peer")
        .transport(new InMemory(new McpPeer(body)))
        .autoHealthCheck(false)
        .build();
  }

  /** Answers one message to a line each, until the input ends. */
  public static void main(String[] arguments) throws IOException {
    McpPeer peer =
        new McpPeer(
            text -> {
              if (text.startsWith("fail")) {
                throw new IllegalStateException("password is hunter2");
              }
              return "found " + text;
            });
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      JsonNode answer = peer.answer(JSON.readTree(line));
      if (answer != null) {
        out.println(answer);
      }
    }
  }

  private JsonNode answer(JsonNode message) {
    if (!message.has("id")) {
      return null;
    }
    ObjectNode answer = JSON.createObjectNode().put("jsonrpc", "2.0");
    answer.set("id", message.get("id"));
    ObjectNode result = answer.putObject("result");
    switch (message.path("method").asText()) {
      case "initialize" -> initialize(message, result);
      case "tools/list" -> list(result);
      case "tools/call" -> call(message.path("params").path("arguments"), result);
      default -> {}
    }
    return answer;
  }

  private static void initialize(JsonNode message, ObjectNode result) {
    result.put("protocolVersion", message.path("params").path("protocolVersion").asText());
    result.putObject("capabilities").putObject("tools");
    result.putObject("serverInfo").put("name", "peer").put("version", "1");
  }

  private static void list(ObjectNode result) {
    ObjectNode tool = result.putArray("tools").addObject();
    tool.put("name", Crm.NAME).put("description", "Looks a customer up");
    try {
      tool.set("inputSchema", JSON.readTree(SCHEMA));
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private void call(JsonNode arguments, ObjectNode result) {
    String text;
    try {
      text = body.run(arguments.path("text").asText());
    } catch (Exception failure) {
      text = failure.getMessage();
      result.put("isError", true);
    }
    result.putArray("content").addObject().put("type", "text").put("text", text);
  }

  /** Carries messages as text, so that nothing but the protocol connects the two. */
  private static final class InMemory implements McpTransport {
    private final McpPeer peer;

    InMemory(McpPeer peer) {
      this.peer = peer;
    }

    @Override
    public void start(McpOperationHandler handler) {}

    @Override
    public CompletableFuture<JsonNode> initialize(McpInitializeRequest request) {
      return executeOperationWithResponse(request);
    }

    @Override
    public CompletableFuture<JsonNode> executeOperationWithResponse(McpClientMessage request) {
      try {
        JsonNode answer = peer.answer(JSON.readTree(JSON.writeValueAsString(request)));
        return CompletableFuture.completedFuture(JSON.readTree(JSON.writeValueAsString(answer)));
      } catch (IOException impossible) {
        return CompletableFuture.failedFuture(impossible);
      }
    }

    @Override
    public CompletableFuture<JsonNode> executeOperationWithResponse(McpCallContext context) {
      return executeOperationWithResponse(context.message());
    }

    @Override
    public void executeOperationWithoutResponse(McpClientMessage request) {}

    @Override
    public void executeOperationWithoutResponse(McpCallContext context) {}

    @Override
    public void checkHealth() {}

    @Override
    public void onFailure(Runnable action) {}

    @Override
    public void close() {}
  }
}
