package io.governor.mcp.langchain4j;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.langchain4j.mcp.client.McpCallContext;
import dev.langchain4j.mcp.client.transport.McpOperationHandler;
import dev.langchain4j.mcp.client.transport.McpTransport;
import dev.langchain4j.mcp.protocol.McpClientMessage;
import dev.langchain4j.mcp.protocol.McpInitializationNotification;
import dev.langchain4j.mcp.protocol.McpInitializeRequest;
import io.governor.mcp.sdk.Wire;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import reactor.core.publisher.Mono;

/** LangChain4j's client and a server of the Java SDK, within one JVM. */
final class LangChain4jWire implements McpTransport {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** The very messages that the client sent. */
  final List<McpClientMessage> sent = new CopyOnWriteArrayList<>();

  RuntimeException failure;
  private final Wire wire;
  private volatile McpOperationHandler handler;

  LangChain4jWire(Wire wire) {
    this.wire = wire;
  }

  @Override
  public void start(McpOperationHandler messageHandler) {
    handler = messageHandler;
    wire.connect(
            messages ->
                messages.flatMap(
                    message -> {
                      handler.handle(tree(Wire.write(message)));
                      return Mono.empty();
                    }))
        .block();
  }

  @Override
  public CompletableFuture<JsonNode> initialize(McpInitializeRequest request) {
    return executeOperationWithResponse(request)
        .thenApply(
            answer -> {
              executeOperationWithoutResponse(new McpInitializationNotification());
              return answer;
            });
  }

  @Override
  public CompletableFuture<JsonNode> executeOperationWithResponse(McpClientMessage message) {
    if (failure != null) {
      throw failure;
    }
    CompletableFuture<JsonNode> answer = new CompletableFuture<>();
    handler.startOperation(message.getId(), answer);
    executeOperationWithoutResponse(message);
    return answer;
  }

  @Override
  public CompletableFuture<JsonNode> executeOperationWithResponse(McpCallContext context) {
    return executeOperationWithResponse(context.message());
  }

  @Override
  public void executeOperationWithoutResponse(McpClientMessage message) {
    sent.add(message);
    try {
      wire.sendMessage(Wire.read(MAPPER.writeValueAsString(message))).block();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void executeOperationWithoutResponse(McpCallContext context) {
    executeOperationWithoutResponse(context.message());
  }

  private static JsonNode tree(String message) {
    try {
      return MAPPER.readTree(message);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void checkHealth() {}

  @Override
  public void onFailure(Runnable actionOnFailure) {}

  @Override
  public void close() {}
}
