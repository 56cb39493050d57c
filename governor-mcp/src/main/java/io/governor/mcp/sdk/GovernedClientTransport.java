package io.governor.mcp.sdk;

import io.governor.Governor;
import io.governor.mcp.McpConnection;
import io.governor.mcp.McpProxy;
import io.governor.mcp.OpenConnection;
import io.governor.mcp.Passage;
import io.modelcontextprotocol.json.TypeRef;
import io.modelcontextprotocol.spec.McpClientTransport;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCMessage;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCRequest;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Puts a governor between a client of the Java SDK and its server, whatever the transport: give it
 * to the client in the place of the transport it wraps.
 *
 * <pre>{@code
 * McpSyncClient client =
 *     McpClient.sync(GovernedClientTransport.of(governor, "files", transport)).build();
 * }</pre>
 *
 * <p>Synchronous and asynchronous clients are governed alike, and everything they say is: calls of
 * tools, resources, prompts and completions, the server's requests for sampling and elicitation,
 * and the list of tools. A call that is refused never reaches the transport: the client gets a
 * result with {@code isError} that names rule and reason. What no rule touches is handed on as the
 * very object it came as.
 *
 * <p>From the first message until it is closed a transport is one session, also when the client has
 * to begin anew with its server. No thread waits while a person is asked; the call goes on, on a
 * thread of the governor's, when there is an answer. A client that gives up meanwhile does not tell
 * its transport, see {@link #requestTimeout}.
 *
 * <p>As safe for use by several threads as the transport it wraps.
 */
public final class GovernedClientTransport implements McpClientTransport {

  private final McpProxy proxy;
  private final McpClientTransport transport;
  private final Messages messages;
  private final @Nullable Duration requestTimeout;
  private volatile @Nullable Function<Mono<JSONRPCMessage>, Mono<JSONRPCMessage>> client;
  private final OpenConnection connection;

  private GovernedClientTransport(
      McpProxy proxy, McpClientTransport transport, @Nullable Duration requestTimeout) {
    this.proxy = proxy;
    this.connection = new OpenConnection(proxy);
    this.transport = transport;
    this.messages = new Messages(transport);
    this.requestTimeout = requestTimeout;
  }

  /**
   * A governed transport.
   *
   * @param server the name that rules know the server by, as in {@code mcp__SERVER__TOOL}: letters,
   *     digits, {@code _} and {@code -}
   * @throws IllegalArgumentException if the name is another one
   */
  public static GovernedClientTransport of(
      Governor governor, String server, McpClientTransport transport) {
    return of(McpProxy.of(governor, server), transport);
  }

  /** As {@link #of(Governor, String, McpClientTransport)}, with pins or errors as the proxy has. */
  public static GovernedClientTransport of(McpProxy proxy, McpClientTransport transport) {
    return new GovernedClientTransport(proxy, transport, null);
  }

  /**
   * How long the client waits for an answer, where rules ask people: the same as {@code
   * McpClient.sync(…).requestTimeout}. What is approved only after the client has given up is not
   * sent. Without it such a call is sent, and its result reaches nobody.
   *
   * @throws IllegalArgumentException if it is not positive
   */
  public GovernedClientTransport requestTimeout(Duration newTimeout) {
    if (newTimeout.isZero() || newTimeout.isNegative()) {
      throw new IllegalArgumentException("request timeout: expected a positive duration");
    }
    return new GovernedClientTransport(proxy, transport, newTimeout);
  }

  @Override
  public Mono<Void> connect(Function<Mono<JSONRPCMessage>, Mono<JSONRPCMessage>> handler) {
    return Mono.defer(
        () -> {
          connection.begin();
          client = handler;
          return transport.connect(incoming -> incoming.flatMap(this::received));
        });
  }

  @Override
  public Mono<Void> sendMessage(JSONRPCMessage message) {
    return Mono.defer(() -> send(connection.get(), message));
  }

  private Mono<Void> send(McpConnection connected, JSONRPCMessage message) {
    byte[] frame = messages.frame(message);
    if (frame == null) {
      JSONRPCMessage unreadable = Messages.unreadable(message);
      return message instanceof JSONRPCRequest ? toClient(unreadable).then() : toServer(unreadable);
    }
    Patience patience = Patience.of(requestTimeout, message);
    return Mono.fromCompletionStage(() -> connected.fromClient(frame))
        .flatMap(
            passage ->
                patience.isOver()
                    ? Mono.fromRunnable(() -> connected.unanswered(frame))
                    : sent(connected, message, frame, passage));
  }

  private Mono<Void> sent(
      McpConnection connected, JSONRPCMessage message, byte[] frame, Passage passage) {
    Mono<Void> answered =
        Flux.fromIterable(passage.back())
            .concatMap(answer -> toClient(Messages.answer(message, answer)))
            .then();
    byte[] onward = passage.onward();
    return onward == null
        ? answered
        : answered.then(
            Mono.defer(() -> toServer(messages.onward(message, frame, onward)))
                .doOnError(failure -> connected.unanswered(frame)));
  }

  private Mono<JSONRPCMessage> received(JSONRPCMessage message) {
    McpConnection connected = connection.current();
    if (connected == null) {
      return Mono.empty();
    }
    byte[] frame = messages.frame(message);
    if (frame == null) {
      JSONRPCMessage unreadable = Messages.unreadable(message);
      return message instanceof JSONRPCRequest
          ? toServer(unreadable).then(Mono.empty())
          : toClient(unreadable);
    }
    return Mono.fromCompletionStage(() -> connected.fromServer(frame))
        .flatMap(passage -> received(message, frame, passage));
  }

  private Mono<JSONRPCMessage> received(JSONRPCMessage message, byte[] frame, Passage passage) {
    Mono<Void> answered =
        Flux.fromIterable(passage.back())
            .concatMap(answer -> toServer(Messages.answer(message, answer)))
            .then();
    byte[] onward = passage.onward();
    return onward == null
        ? answered.then(Mono.empty())
        : answered.then(Mono.defer(() -> toClient(messages.onward(message, frame, onward))));
  }

  private Mono<Void> toServer(@Nullable JSONRPCMessage message) {
    return message == null ? Mono.empty() : transport.sendMessage(message);
  }

  private Mono<JSONRPCMessage> toClient(@Nullable JSONRPCMessage message) {
    Function<Mono<JSONRPCMessage>, Mono<JSONRPCMessage>> handler = client;
    return message == null || handler == null ? Mono.empty() : handler.apply(Mono.just(message));
  }

  @Override
  public Mono<Void> closeGracefully() {
    return transport.closeGracefully().doFinally(signal -> connection.close());
  }

  @Override
  public void close() {
    try {
      transport.close();
    } finally {
      connection.close();
    }
  }

  @Override
  public void setExceptionHandler(Consumer<Throwable> handler) {
    transport.setExceptionHandler(handler);
  }

  @Override
  public List<String> protocolVersions() {
    return transport.protocolVersions();
  }

  @Override
  public <T> T unmarshalFrom(Object data, TypeRef<T> type) {
    return transport.unmarshalFrom(data, type);
  }
}
