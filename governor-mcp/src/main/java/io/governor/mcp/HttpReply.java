package io.governor.mcp;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers a client over HTTP, once, from whichever thread. A client that has left is left alone.
 */
final class HttpReply {

  private static final Logger LOG = LoggerFactory.getLogger(McpProxy.class);

  private final HttpExchange exchange;

  HttpReply(HttpExchange exchange) {
    this.exchange = exchange;
  }

  /** JSON-RPC messages, one or a batch. */
  void json(int status, byte[] json) {
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    bytes(status, json);
  }

  /** What the proxy itself has to say. */
  void refuse(int status, String why) {
    exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
    bytes(status, (why + "\n").getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  void bytes(int status, byte[] body) {
    try (exchange) {
      boolean empty = body.length == 0 || status == 204 || status == 304;
      exchange.sendResponseHeaders(status, empty ? -1 : body.length);
      if (!empty) {
        exchange.getResponseBody().write(body);
      }
    } catch (IOException e) {
      LOG.debug("a client left before its answer: {}", e.getClass().getName());
    }
  }

  /** The stream that a body of unknown length is written to. */
  OutputStream stream(int status) throws IOException {
    exchange.sendResponseHeaders(status, 0);
    return exchange.getResponseBody();
  }

  void close() {
    exchange.close();
  }
}
