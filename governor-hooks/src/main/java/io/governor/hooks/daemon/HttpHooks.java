package io.governor.hooks.daemon;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.governor.file.OwnerOnly;
import io.governor.hooks.HookEngine;
import io.governor.hooks.HookReply;
import io.governor.json.JsonWriter;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Hooks over HTTP on loopback, for agents that speak it: {@code POST /v1/hook/AGENT} with the
 * bearer token of this state root. Token and port are kept in {@code run}, for their owner only, so
 * that an agent's configuration stays right when the daemon is started again. Safe for use by
 * several threads.
 *
 * <p>The answer is what the agent's hook would print, as JSON, or 204 for no opinion. A refusal by
 * exit code becomes {@code decision: block}, which is the same in the language of the agents that
 * have HTTP hooks. Whoever has not the token gets 401 and no more; a browser's page gets 403.
 */
final class HttpHooks implements AutoCloseable {

  private static final int WORKERS = 8;
  private static final int WAITING = 64;
  private static final int TOKEN_BYTES = 32;
  private static final String BEARER = "Bearer ";

  private final HttpServer server;
  private final ExecutorService workers;
  private final Router router;
  private final byte[] token;
  private final Semaphore heavy = new Semaphore(1);

  private HttpHooks(HttpServer server, ExecutorService workers, Router router, String token) {
    this.server = server;
    this.workers = workers;
    this.router = router;
    this.token = token.getBytes(StandardCharsets.US_ASCII);
  }

  static HttpHooks open(RunFolder folder, Router router) throws IOException {
    // Java's server sends an answer in two pieces, and holds back the second for up to 40 ms; it
    // reads these when its class is first used.
    System.setProperty("sun.net.httpserver.nodelay", "true");
    System.setProperty("sun.net.httpserver.maxReqTime", "5");
    System.setProperty("sun.net.httpserver.maxRspTime", "5");
    String token = token(folder.token());
    HttpServer server = listen(folder.port());
    ExecutorService workers =
        new ThreadPoolExecutor(
            WORKERS,
            WORKERS,
            30,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(WAITING),
            Daemons.threads("governor-hook-http"));
    HttpHooks hooks = new HttpHooks(server, workers, router, token);
    server.setExecutor(workers);
    server.createContext("/", hooks::handle);
    server.start();
    return hooks;
  }

  int port() {
    return server.getAddress().getPort();
  }

  private static HttpServer listen(Path remembered) throws IOException {
    InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    int port = number(read(remembered));
    HttpServer server = HttpServer.create(new InetSocketAddress(loopback, port), 0);
    if (port == 0) {
      String chosen = server.getAddress().getPort() + "\n";
      OwnerOnly.replace(remembered, chosen.getBytes(StandardCharsets.US_ASCII));
    }
    return server;
  }

  static int number(@Nullable String text) {
    try {
      int port = text == null ? 0 : Integer.parseInt(text);
      return port > 1023 && port < 65536 ? port : 0;
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  private static String token(Path file) throws IOException {
    String kept = read(file);
    if (kept != null && kept.length() >= TOKEN_BYTES) {
      return kept;
    }
    byte[] random = new byte[TOKEN_BYTES];
    new SecureRandom().nextBytes(random);
    String token = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    OwnerOnly.replace(file, (token + "\n").getBytes(StandardCharsets.US_ASCII));
    return token;
  }

  static @Nullable String read(Path file) throws IOException {
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || Files.size(file) > 256) {
      return null;
    }
    return Files.readString(file, StandardCharsets.ISO_8859_1).strip();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      int refusal = refusal(exchange);
      if (refusal != 0) {
        refuse(exchange, refusal);
        return;
      }
      answer(exchange);
    }
  }

  private int refusal(HttpExchange exchange) {
    if (!isLocal(exchange.getRequestHeaders().getFirst("Host"))
        || exchange.getRequestHeaders().containsKey("Origin")) {
      return 403;
    }
    if (!isAuthorized(exchange.getRequestHeaders().get("Authorization"))) {
      return 401;
    }
    String path = exchange.getRequestURI().getRawPath();
    if (!path.startsWith(Router.HOOK)
        || !HookEngine.agents().contains(path.substring(Router.HOOK.length()))) {
      return 404;
    }
    return exchange.getRequestMethod().equals("POST") ? 0 : 405;
  }

  /** A page that made another name resolve to us sends that name. No agent sends an origin. */
  private boolean isLocal(@Nullable String host) {
    String port = ":" + port();
    return host != null && (host.equals("127.0.0.1" + port) || host.equals("localhost" + port));
  }

  private boolean isAuthorized(@Nullable List<String> authorization) {
    if (authorization == null || authorization.size() != 1) {
      return false;
    }
    String sent = authorization.get(0);
    return sent.startsWith(BEARER)
        && MessageDigest.isEqual(
            sent.substring(BEARER.length()).getBytes(StandardCharsets.UTF_8), token);
  }

  private static void refuse(HttpExchange exchange, int status) throws IOException {
    exchange.getResponseHeaders().set("Connection", "close");
    exchange.sendResponseHeaders(status, -1);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String agent = exchange.getRequestURI().getRawPath().substring(Router.HOOK.length());
    byte[] json;
    try (WireBody body = new WireBody(heavy)) {
      read(exchange.getRequestBody(), body);
      json = json(router.judge(agent, new WireRequest("POST", "", fields(exchange), body.bytes())));
    } catch (RuntimeException | Error e) {
      refuse(exchange, 500);
      return;
    }
    if (json.length == 0) {
      exchange.sendResponseHeaders(204, -1);
      return;
    }
    exchange.getResponseHeaders().set("Content-Type", WireAnswer.JSON);
    exchange.sendResponseHeaders(200, json.length);
    exchange.getResponseBody().write(json);
  }

  private static Map<String, String> fields(HttpExchange exchange) {
    return exchange.getRequestHeaders().containsKey(Router.ENFORCE)
        ? Map.of(Router.ENFORCE, "yes")
        : Map.of();
  }

  private static void read(InputStream in, WireBody body) throws IOException {
    byte[] piece = new byte[16 << 10];
    for (int count = in.read(piece); count >= 0; count = in.read(piece)) {
      body.add(piece, 0, count);
    }
  }

  private static byte[] json(HookReply reply) {
    if (reply.exitCode() == 0) {
      return reply.stdout();
    }
    JsonWriter json = new JsonWriter(256);
    json.beginObject().member("decision").value("block");
    return json.member("reason").value(reply.stderr()).endObject().toByteArray();
  }

  @Override
  public void close() {
    server.stop(0);
    workers.shutdown();
  }
}
