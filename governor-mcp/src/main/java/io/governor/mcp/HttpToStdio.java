package io.governor.mcp;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stands between clients that speak streamable HTTP and servers that are our children. */
@SuppressWarnings("FutureReturnValueIgnored") // each stage deals with failures itself
final class HttpToStdio implements HttpFront.Requests, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(McpProxy.class);
  private static final String PATH = "/mcp";

  private final HttpFront front;
  private final ExecutorService executor;
  private final ChildSessions sessions;
  private final SharedChild shared;

  HttpToStdio(
      InetSocketAddress listen,
      ExecutorService executor,
      ChildSessions sessions,
      SharedChild shared)
      throws IOException {
    this.executor = executor;
    this.sessions = sessions;
    this.shared = shared;
    this.front = new HttpFront(listen, PATH, executor, this);
    front.start();
  }

  InetSocketAddress address() {
    return front.address();
  }

  @Override
  public void post(HttpExchange exchange, HttpReply reply) throws IOException {
    byte[] body = HttpFront.message(exchange, reply);
    if (body == null) {
      return;
    }
    String sessionId = exchange.getRequestHeaders().getFirst(HttpFields.SESSION);
    if (sessionId == null && HttpFront.isStateless(body)) {
      shared.server().post(body, exchange.getRequestHeaders(), reply);
    } else if (sessionId == null) {
      opened(exchange, reply, body);
    } else {
      posted(exchange, reply, sessions.of(sessionId), body);
    }
  }

  /** A message without a session opens one, or is none that we can give to a server. */
  private void opened(HttpExchange exchange, HttpReply reply, byte[] body) throws IOException {
    if (!HttpClients.isInitialize(body)) {
      reply.refuse(400, "governor: expected the request initialize, or an Mcp-Session-Id");
      return;
    }
    String id = sessions.open();
    exchange.getResponseHeaders().set(HttpFields.SESSION, id);
    posted(exchange, reply, sessions.of(id), body);
  }

  private void posted(
      HttpExchange exchange, HttpReply reply, @Nullable ChildServer server, byte[] body) {
    if (server == null) {
      reply.refuse(404, "governor: there is no such session any more");
      return;
    }
    server
        .post(
            body,
            HttpFields.takesEvents(exchange.getRequestHeaders()) ? reply::event : null,
            reply::largeJson)
        .thenAcceptAsync(
            answer -> {
              if (answer == LineFrames.WENT_ON) {
                reply.close();
              } else if (answer.length == 0) {
                reply.bytes(202, answer);
              } else {
                reply.json(200, answer);
              }
            },
            executor);
  }

  /** The stream on which the server speaks unasked; a new one takes the place of the last. */
  @Override
  public void get(HttpExchange exchange, HttpReply reply) throws IOException {
    ChildServer server = sessions.of(exchange.getRequestHeaders().getFirst(HttpFields.SESSION));
    if (server == null) {
      reply.refuse(404, "governor: there is no such session any more");
      return;
    }
    exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
    exchange.getResponseHeaders().set("Cache-Control", "no-cache");
    try (exchange;
        OutputStream client = reply.stream(200)) {
      // Clients read the header only when something follows it.
      client.write(":\n\n".getBytes(StandardCharsets.US_ASCII));
      client.flush();
      server.unasked().to(client, exchange.getRequestHeaders().getFirst("Last-Event-ID"));
    } catch (IOException e) {
      LOG.debug("a client left its stream: {}", e.getClass().getName());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void delete(HttpExchange exchange, HttpReply reply) {
    String id = exchange.getRequestHeaders().getFirst(HttpFields.SESSION);
    if (sessions.of(id) == null || id == null) {
      reply.refuse(404, "governor: there is no such session any more");
      return;
    }
    sessions.end(id);
    reply.bytes(204, new byte[0]);
  }

  @Override
  public void other(HttpExchange exchange, HttpReply reply) {
    reply.refuse(404, "governor: the server's path is " + PATH);
  }

  @Override
  public void close() {
    front.close();
    sessions.close();
    shared.close();
    executor.shutdownNow();
  }
}
