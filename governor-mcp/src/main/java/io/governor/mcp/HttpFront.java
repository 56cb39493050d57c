package io.governor.mcp;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens on an address of this machine, lets in who may talk to us, and tells the requests of
 * streamable HTTP apart. Safe for use by several threads.
 */
final class HttpFront implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(McpProxy.class);

  /** What becomes of the requests. */
  interface Requests {

    void post(HttpExchange exchange, HttpReply reply) throws IOException;

    void get(HttpExchange exchange, HttpReply reply) throws IOException;

    void delete(HttpExchange exchange, HttpReply reply) throws IOException;

    /** A request for a path that is not the protocol's. */
    void other(HttpExchange exchange, HttpReply reply) throws IOException;
  }

  /** As many may come at once; the system's own bound for who is not taken yet is often 50. */
  private static final int BACKLOG = 1024;

  private final HttpServer server;
  private final String path;
  private final Requests requests;

  HttpFront(InetSocketAddress listen, String path, ExecutorService executor, Requests requests)
      throws IOException {
    this.path = path;
    this.requests = requests;
    this.server = HttpServer.create(listen, BACKLOG);
    server.setExecutor(executor);
    server.createContext("/", this::handle);
  }

  void start() {
    server.start();
  }

  InetSocketAddress address() {
    return server.getAddress();
  }

  String path() {
    return path;
  }

  private void handle(HttpExchange exchange) {
    HttpReply reply = new HttpReply(exchange);
    try {
      if (!LocalCallers.may(exchange.getRequestHeaders())) {
        reply.refuse(403, "governor: expected a caller on this machine");
        return;
      }
      route(exchange, reply);
    } catch (IOException | RuntimeException e) {
      LOG.warn("a request could not be handled: {}", e.getClass().getName());
      reply.refuse(502, "governor: the request could not be handled");
    }
  }

  private void route(HttpExchange exchange, HttpReply reply) throws IOException {
    if (!exchange.getRequestURI().getRawPath().equals(path)) {
      requests.other(exchange, reply);
      return;
    }
    switch (exchange.getRequestMethod()) {
      case "POST" -> requests.post(exchange, reply);
      case "GET" -> requests.get(exchange, reply);
      case "DELETE" -> requests.delete(exchange, reply);
      default -> reply.refuse(405, "governor: expected POST, GET or DELETE");
    }
  }

  /**
   * The message that a client posts.
   *
   * @return null when it was refused: it is too long, or a batch
   */
  static byte @Nullable [] message(HttpExchange exchange, HttpReply reply) throws IOException {
    long max = Frame.LIMITS.maxDocumentLength();
    byte[] body = exchange.getRequestBody().readNBytes((int) max + 1);
    if (body.length > max) {
      reply.refuse(413, "governor: expected at most " + max + " bytes");
      return null;
    }
    if (HttpClients.isBatch(body)) {
      reply.json(400, Answers.batchRefused());
      return null;
    }
    return body;
  }

  /** Whether a body is a request of the era without sessions (2026-07-28). */
  static boolean isStateless(byte[] body) {
    Frame.Part part = only(body);
    return part != null
        && part.message() instanceof Message.Request request
        && Era.stateless(request.params());
  }

  /** The message that a body is; null when it is none. */
  static Frame.@Nullable Part only(byte[] body) {
    try {
      Frame frame = Frame.read(body);
      return frame.batch() ? null : frame.parts().get(0);
    } catch (RefusedFrame e) {
      return null;
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
