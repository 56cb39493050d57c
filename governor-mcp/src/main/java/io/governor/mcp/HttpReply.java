package io.governor.mcp;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers a client over HTTP, once, from whichever thread. A client that has left is left alone.
 *
 * <p>A client that is asked something before it has its answer gets that as an event; the answer is
 * then another event, behind which the stream ends, and its status cannot be told any more.
 */
final class HttpReply {

  private static final Logger LOG = LoggerFactory.getLogger(McpProxy.class);
  private static final byte[] DATA = "data: ".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] END = "\n\n".getBytes(StandardCharsets.US_ASCII);

  private final HttpExchange exchange;

  // Guarded by this.
  private boolean stream;
  private boolean answered;

  HttpReply(HttpExchange exchange) {
    this.exchange = exchange;
  }

  /** JSON-RPC messages, one or a batch. */
  void json(int status, byte[] json) {
    if (!isStream()) {
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      // The server's, of a body that nobody here could read.
      exchange.getResponseHeaders().remove("Content-Encoding");
    }
    bytes(status, json);
  }

  /** What the proxy itself has to say. */
  void refuse(int status, String why) {
    if (isStream()) {
      close();
      return;
    }
    exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
    bytes(status, (why + "\n").getBytes(StandardCharsets.UTF_8));
  }

  void bytes(int status, byte[] body) {
    if (isStream()) {
      last(body);
      return;
    }
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

  /** Whether the answer has become a stream of events. */
  synchronized boolean isStream() {
    return stream;
  }

  /**
   * A message before the answer.
   *
   * @throws IOException if the client has left, or has its answer
   */
  synchronized void event(byte[] json) throws IOException {
    if (answered) {
      throw new IOException("answered");
    }
    if (!stream) {
      stream = true;
      exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
      exchange.getResponseHeaders().set("Cache-Control", "no-cache");
      exchange.sendResponseHeaders(200, 0);
    }
    write(json);
  }

  private void write(byte[] json) throws IOException {
    OutputStream client = exchange.getResponseBody();
    client.write(DATA);
    client.write(Lines.joined(json));
    client.write(END);
    client.flush();
  }

  private synchronized void last(byte[] json) {
    answered = true;
    try (exchange) {
      if (json.length > 0) {
        write(json);
      }
    } catch (IOException e) {
      LOG.debug("a client left before its answer: {}", e.getClass().getName());
    }
  }

  /** The stream that a body of unknown length is written to. */
  synchronized OutputStream stream(int status) throws IOException {
    answered = true;
    if (!stream) {
      exchange.sendResponseHeaders(status, 0);
    }
    return exchange.getResponseBody();
  }

  /**
   * A large answer in JSON, of a server that others may wait for: a client that leaves is left.
   *
   * @throws IOException if the client was spoken to before
   */
  LargeAnswer.Out largeJson() throws IOException {
    if (isStream()) {
      throw new IOException("the answer is a stream of events");
    }
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    LargeAnswer.Out body = large(200);
    return new LargeAnswer.Out() {
      private boolean left;

      @Override
      public void write(byte[] bytes, int from, int length) {
        try {
          if (!left) {
            body.write(bytes, from, length);
          }
        } catch (IOException e) {
          LOG.debug("a client left before its answer: {}", e.getClass().getName());
          left = true;
        }
      }

      @Override
      public void close() throws IOException {
        body.close();
      }
    };
  }

  /** The body of a large answer, which is of the length that it comes to. */
  LargeAnswer.Out large(int status) throws IOException {
    OutputStream client = stream(status);
    return new LargeAnswer.Out() {
      @Override
      public void write(byte[] bytes, int from, int length) throws IOException {
        client.write(bytes, from, length);
      }

      @Override
      public void close() {
        HttpReply.this.close();
      }
    };
  }

  void close() {
    exchange.close();
  }
}
