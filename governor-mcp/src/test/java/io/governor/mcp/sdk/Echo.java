package io.governor.mcp.sdk;

import io.modelcontextprotocol.json.TypeRef;
import io.modelcontextprotocol.spec.McpClientTransport;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import reactor.core.publisher.Mono;

/** A transport whose other end is the test. */
final class Echo implements McpClientTransport {

  final List<JSONRPCMessage> sent = new ArrayList<>();
  RuntimeException failure;
  private Function<Mono<JSONRPCMessage>, Mono<JSONRPCMessage>> client;

  void say(JSONRPCMessage message) {
    client.apply(Mono.just(message)).block();
  }

  @Override
  public Mono<Void> connect(Function<Mono<JSONRPCMessage>, Mono<JSONRPCMessage>> handler) {
    return Mono.fromRunnable(() -> client = handler);
  }

  @Override
  public Mono<Void> sendMessage(JSONRPCMessage message) {
    if (failure != null) {
      return Mono.error(failure);
    }
    return Mono.fromRunnable(() -> sent.add(message));
  }

  @Override
  public Mono<Void> closeGracefully() {
    return Mono.empty();
  }

  @Override
  public <T> T unmarshalFrom(Object data, TypeRef<T> type) {
    return Wire.MAPPER.convertValue(data, type);
  }
}
