package io.governor.mcp.sdk;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.json.TypeRef;
import io.modelcontextprotocol.json.jackson2.JacksonMcpJsonMapper;
import io.modelcontextprotocol.spec.McpClientTransport;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCMessage;
import io.modelcontextprotocol.spec.McpServerSession;
import io.modelcontextprotocol.spec.McpServerTransport;
import io.modelcontextprotocol.spec.McpServerTransportProvider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import reactor.core.publisher.Mono;

/**
 * A transport that stays within the JVM, for a client and a server of the SDK: each message is
 * written and read as it would be on standard streams.
 */
public final class Wire implements McpClientTransport {

  public static final McpJsonMapper MAPPER = new JacksonMcpJsonMapper(new ObjectMapper());

  /** What the client wrote. */
  public final List<String> written = new CopyOnWriteArrayList<>();

  private final ServerEnd serverEnd = new ServerEnd();
  private volatile Function<Mono<JSONRPCMessage>, Mono<JSONRPCMessage>> client;
  private volatile McpServerSession.Factory factory;
  private volatile McpServerSession session;

  public McpServerTransportProvider serverEnd() {
    return serverEnd;
  }

  @Override
  public Mono<Void> connect(Function<Mono<JSONRPCMessage>, Mono<JSONRPCMessage>> handler) {
    return Mono.fromRunnable(
        () -> {
          client = handler;
          session = factory.create(serverEnd.new Transport());
        });
  }

  @Override
  public Mono<Void> sendMessage(JSONRPCMessage message) {
    return Mono.defer(
        () -> {
          String line = write(message);
          written.add(line);
          session.handle(read(line)).subscribe();
          return Mono.empty();
        });
  }

  public static String write(Object message) {
    try {
      return MAPPER.writeValueAsString(message);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static JSONRPCMessage read(String line) {
    try {
      return McpSchema.deserializeJsonRpcMessage(MAPPER, line);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Mono<Void> closeGracefully() {
    return Mono.empty();
  }

  @Override
  public <T> T unmarshalFrom(Object data, TypeRef<T> type) {
    return MAPPER.convertValue(data, type);
  }

  private final class ServerEnd implements McpServerTransportProvider {

    @Override
    public void setSessionFactory(McpServerSession.Factory newFactory) {
      factory = newFactory;
    }

    @Override
    public Mono<Void> notifyClients(String method, Object params) {
      return session == null ? Mono.empty() : session.sendNotification(method, params);
    }

    @Override
    public Mono<Void> notifyClient(String sessionId, String method, Object params) {
      return notifyClients(method, params);
    }

    @Override
    public Mono<Void> closeGracefully() {
      return Mono.empty();
    }

    private final class Transport implements McpServerTransport {

      @Override
      public Mono<Void> sendMessage(JSONRPCMessage message) {
        return Mono.fromRunnable(() -> client.apply(Mono.just(read(write(message)))).subscribe());
      }

      @Override
      public Mono<Void> closeGracefully() {
        return Mono.empty();
      }

      @Override
      public <T> T unmarshalFrom(Object data, TypeRef<T> type) {
        return MAPPER.convertValue(data, type);
      }
    }
  }
}
