package io.governor.mcp;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import io.governor.mcp.HttpSessions.Client;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fronts a streamable-HTTP server on an address of our own. Threads are held by clients that are
 * being written to, not by those that wait. Safe for use by several threads.
 */
@SuppressWarnings("FutureReturnValueIgnored") // each stage deals with failures itself
final class HttpProxy implements HttpFront.Requests, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(McpProxy.class);
  private static final String METADATA = "/.well-known/";
  private static final int BAD_GATEWAY = 502;

  private final HttpServerEnd server;
  private final HttpFront front;
  private final ExecutorService executor;
  private final HttpSessions sessions;
  private final Client stateless;
  private final HttpClients clients;

  HttpProxy(
      HttpServerEnd server, InetSocketAddress listen, ExecutorService executor, HttpClients clients)
      throws IOException {
    this.server = server;
    this.executor = executor;
    this.clients = clients;
    this.sessions = new HttpSessions(clients::open);
    this.stateless = clients.open();
    String path = server.url().getPath();
    this.front = new HttpFront(listen, path.isEmpty() ? "/" : path, executor, this);
    front.start();
  }

  InetSocketAddress address() {
    return front.address();
  }

  /** How clients find out whom to ask for a token; no message of the protocol passes here. */
  @Override
  public void other(HttpExchange exchange, HttpReply reply) {
    boolean metadata = exchange.getRequestURI().getRawPath().startsWith(METADATA);
    if (metadata && exchange.getRequestMethod().equals("GET")) {
      HttpRequest.Builder request = server.request(exchange.getRequestURI().toString());
      plain(send(exchange, request.GET()), reply, exchange);
    } else {
      reply.refuse(404, "governor: the server's path is " + front.path());
    }
  }

  @Override
  public void post(HttpExchange exchange, HttpReply reply) throws IOException {
    byte[] body = HttpFront.message(exchange, reply);
    if (body == null) {
      return;
    }
    String sessionId = exchange.getRequestHeaders().getFirst(HttpFields.SESSION);
    Client client = sessionId == null ? clients.joining(body, stateless) : sessions.of(sessionId);
    byte[] contradicted =
        MirroredFields.contradicted(exchange.getRequestHeaders(), client.tools(), body);
    if (contradicted != null) {
      reply.json(400, contradicted);
      return;
    }
    CompletionStage<?> passing =
        client
            .conversation()
            .pass(
                Side.CLIENT,
                body,
                HttpFields.takesEvents(exchange.getRequestHeaders()) ? reply::event : null)
            .thenAccept(passage -> posted(exchange, reply, client, body, passage));
    answeredAnyway(passing, reply);
  }

  private void posted(
      HttpExchange exchange, HttpReply reply, Client client, byte[] body, Passage passage) {
    byte[] onward = passage.onward();
    if (onward == null) {
      byte[] answers = Batch.array(passage.back());
      if (answers == null) {
        reply.bytes(202, new byte[0]);
      } else {
        reply.json(200, answers);
      }
      return;
    }
    HttpRequest.Builder request = server.request().POST(BodyPublishers.ofByteArray(onward));
    HttpFields.toServer(fields(exchange, client, body, onward), request);
    CompletionStage<?> sending =
        server
            .send(request.build())
            .handle(
                (response, failure) -> {
                  answered(exchange, reply, client, onward, response);
                  return Passage.NOTHING;
                });
    answeredAnyway(sending, reply);
  }

  /** The client's header fields, or what becomes of them when its message was rewritten. */
  private static Headers fields(HttpExchange exchange, Client client, byte[] body, byte[] onward) {
    Headers fields = exchange.getRequestHeaders();
    Frame.Part part = Arrays.equals(onward, body) ? null : HttpFront.only(onward);
    return part != null && part.message() instanceof Message.Request request
        ? MirroredFields.rewritten(
            fields, body, onward, request, client.tools().markedArguments(request))
        : fields;
  }

  /** A mistake of ours leaves nobody waiting. */
  private static void answeredAnyway(CompletionStage<?> work, HttpReply reply) {
    work.whenComplete(
        (done, failure) -> {
          if (failure != null) {
            LOG.warn("a message could not be handled: {}", failure.getClass().getName());
            reply.refuse(BAD_GATEWAY, "governor: the message could not be handled");
          }
        });
  }

  private void answered(
      HttpExchange exchange,
      HttpReply reply,
      Client client,
      byte[] sent,
      @Nullable HttpResponse<Flow.Publisher<List<ByteBuffer>>> response) {
    if (response == null) {
      unanswered(reply, client, sent);
      return;
    }
    String sessionId = response.headers().firstValue(HttpFields.SESSION).orElse(null);
    if (sessionId != null) {
      sessions.opened(sessionId, client);
    }
    relay(exchange, reply, client, sent, response);
  }

  /** The server cannot be reached, or what it says is not for us to follow. */
  private static void unanswered(HttpReply reply, Client client, byte[] sent) {
    byte[] answers = Batch.array(client.conversation().unanswered(sent));
    if (answers == null) {
      reply.refuse(BAD_GATEWAY, "governor: the server gave no answer");
    } else {
      reply.json(BAD_GATEWAY, answers);
    }
  }

  private void relay(
      HttpExchange exchange,
      HttpReply reply,
      Client client,
      byte @Nullable [] sent,
      HttpResponse<Flow.Publisher<List<ByteBuffer>>> response) {
    int status = response.statusCode();
    if (status >= 300 && status < 400) {
      drop(response);
      if (sent == null) {
        reply.refuse(BAD_GATEWAY, "governor: redirects are not followed");
      } else {
        unanswered(reply, client, sent);
      }
      return;
    }
    if (!reply.isStream()) {
      HttpFields.toClient(response, exchange.getResponseHeaders());
    }
    if (HttpFields.isEvents(response)) {
      events(exchange, reply, client, response);
    } else {
      whole(reply, client, sent, response);
    }
  }

  private void events(
      HttpExchange exchange,
      HttpReply reply,
      Client client,
      HttpResponse<Flow.Publisher<List<ByteBuffer>>> response) {
    try {
      response
          .body()
          .subscribe(
              new EventRelay(
                  client.conversation(),
                  new ClientEvents(reply.stream(response.statusCode())),
                  answer -> toServer(exchange, answer),
                  reply::close));
    } catch (IOException e) {
      drop(response);
      reply.close();
    }
  }

  /** Whatever type it claims to be of: a client may read it as a message all the same. */
  private static void whole(
      HttpReply reply,
      Client client,
      byte @Nullable [] sent,
      HttpResponse<Flow.Publisher<List<ByteBuffer>>> response) {
    int status = response.statusCode();
    boolean streams = sent != null && status < 300 && !reply.isStream();
    CompletionStage<AnswerBody.Taken> taking =
        streams
            ? AnswerBody.of(
                response.body(), client.conversation(), () -> reply.large(status), Runnable::run)
            : BoundedBody.of(response.body(), Frame.LIMITS.maxDocumentLength())
                .thenApply(body -> new AnswerBody.Taken(body, null));
    taking.whenComplete(
        (taken, failure) -> {
          byte[] held = taken == null ? null : taken.held();
          if (taken == null || held != null) {
            held(reply, client, sent, status, held);
          }
        });
  }

  private static void held(
      HttpReply reply, Client client, byte @Nullable [] sent, int status, byte @Nullable [] body) {
    CompletionStage<@Nullable Passage> judging =
        body == null
            ? CompletableFuture.completedFuture(null)
            : judged(client, status, body).thenApply(passage -> passage);
    judging.whenComplete(
        (passage, failure) -> {
          byte[] onward = passage == null ? null : passage.onward();
          List<byte[]> left = sent == null ? List.of() : client.conversation().unanswered(sent);
          boolean noMessage = reply.isStream() && status >= 400;
          // Nothing is an answer to a notification, and no answer to a request.
          noMessage |= length(onward) == 0 && status < 400 && !left.isEmpty();
          if (onward != null && !noMessage) {
            reply.bytes(status, onward);
          } else if (!left.isEmpty()) {
            reply.json(BAD_GATEWAY, left.get(0));
          } else if (passage != null && status < 300) {
            reply.bytes(status, new byte[0]);
          } else {
            reply.refuse(BAD_GATEWAY, "governor: the server's answer could not be read");
          }
        });
  }

  private static int length(byte @Nullable [] bytes) {
    return bytes == null ? 0 : bytes.length;
  }

  private static CompletionStage<Passage> judged(Client client, int status, byte[] body) {
    return body.length == 0 || (status >= 400 && isNoMessage(body))
        ? CompletableFuture.completedFuture(Passage.onward(body))
        : client.conversation().pass(Side.SERVER, body);
  }

  /** What servers say about an error of HTTP; it answers no request of the protocol. */
  private static boolean isNoMessage(byte[] body) {
    try {
      return Frame.read(body).parts().isEmpty();
    } catch (RefusedFrame e) {
      return e.ids().isEmpty();
    }
  }

  private static void drop(HttpResponse<Flow.Publisher<List<ByteBuffer>>> response) {
    BoundedBody.of(response.body(), 0);
  }

  /** The stream on which the server speaks unasked. */
  @Override
  public void get(HttpExchange exchange, HttpReply reply) {
    String sessionId = exchange.getRequestHeaders().getFirst(HttpFields.SESSION);
    Client client = sessionId == null ? stateless : sessions.of(sessionId);
    send(exchange, server.request().GET())
        .whenComplete(
            (response, failure) -> {
              if (response == null) {
                reply.refuse(BAD_GATEWAY, "governor: the server gave no answer");
              } else {
                relay(exchange, reply, client, null, response);
              }
            });
  }

  @Override
  public void delete(HttpExchange exchange, HttpReply reply) {
    sessions.ended(exchange.getRequestHeaders().getFirst(HttpFields.SESSION));
    plain(send(exchange, server.request().DELETE()), reply, exchange);
  }

  /** An answer that holds no message of the protocol. */
  private static void plain(
      CompletionStage<HttpResponse<Flow.Publisher<List<ByteBuffer>>>> sent,
      HttpReply reply,
      HttpExchange exchange) {
    sent.thenCompose(
            response -> {
              HttpFields.toClient(response, exchange.getResponseHeaders());
              return BoundedBody.of(response.body(), Frame.LIMITS.maxDocumentLength())
                  .thenAccept(body -> reply.bytes(response.statusCode(), body));
            })
        .exceptionally(
            failure -> {
              reply.refuse(BAD_GATEWAY, "governor: the server gave no answer");
              return null;
            });
  }

  private CompletionStage<HttpResponse<Flow.Publisher<List<ByteBuffer>>>> send(
      HttpExchange exchange, HttpRequest.Builder request) {
    HttpFields.toServer(exchange.getRequestHeaders(), request);
    return server.send(request.build());
  }

  /** We answer the server in the client's place, as the client would: with its header fields. */
  private void toServer(HttpExchange exchange, byte[] answer) {
    HttpRequest.Builder request = server.request().POST(BodyPublishers.ofByteArray(answer));
    HttpFields.toServer(exchange.getRequestHeaders(), request);
    request.setHeader("Content-Type", "application/json");
    server
        .send(request.build())
        .whenComplete(
            (response, failure) -> {
              if (response == null) {
                LOG.debug("an answer to the server was not taken");
              } else {
                drop(response);
              }
            });
  }

  @Override
  public void close() {
    front.close();
    executor.shutdownNow();
    sessions.close();
    stateless.close();
  }
}
