package io.governor.mcp;

import static io.governor.mcp.FaultServer.events;
import static io.governor.mcp.FaultServer.json;
import static io.governor.mcp.FaultServer.reply;
import static io.governor.mcp.FaultServer.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.governor.Governor;
import io.governor.Mode;
import io.governor.Rule;
import io.governor.ToolArguments;
import io.governor.ToolResult;
import io.governor.mcp.FaultServer.Manner;
import io.governor.testkit.RecordingTraceSink;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A client here, a server that misbehaves, and the proxy between them over HTTP. */
@Timeout(60)
class HttpProxyTest {

  private static final String CALL =
      "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"%s\"}}";
  private static final String DONE =
      "{\"jsonrpc\":\"2.0\", \"id\":1, \"result\":{\"content\":[{\"type\":\"text\",\"text\":\"1.50"
          + " \\u0041\"}]}}";
  private static final String INITIALIZE =
      "{\"jsonrpc\":\"2.0\",\"id\":0,\"method\":\"initialize\",\"params\":{}}";

  private static final Rule DENY =
      Rule.named("ACME-101").tools("mcp__box__delete").reason("No.").mode(Mode.ENFORCE).deny();
  private static final Rule HIDE =
      Rule.named("ACME-102")
          .tools("mcp__box__secret")
          .onResult()
          .mode(Mode.ENFORCE)
          .redactResult(result -> ToolResult.ofText("[hidden]"));

  private static final Rule CUT =
      Rule.named("ACME-104")
          .tools("mcp__box__send")
          .mode(Mode.ENFORCE)
          .redactArguments(arguments -> ToolArguments.ofJson("{\"to\":\"[cut]\"}"));

  private final HttpClient client = HttpClient.newHttpClient();
  private final RecordingTraceSink trace = new RecordingTraceSink();
  private final Governor governor = Governor.builder().trace(trace).rules(DENY, HIDE, CUT).build();
  private FaultServer server;
  private McpProxy.Running proxy;

  @AfterEach
  void close() {
    if (proxy != null) {
      proxy.close();
      server.close();
    }
    governor.close();
  }

  @Test
  void aJsonAnswerArrivesByteForByteAndBothSidesFieldsWithIt() throws Exception {
    HttpResponse<String> answer =
        to(
            exchange -> {
              exchange.getResponseHeaders().set("X-Of-Tomorrow", "7");
              json(exchange, DONE);
            },
            post(CALL.formatted("read"))
                .header("Authorization", "Bearer t-1")
                .header("MCP-Protocol-Version", "2025-11-25"));

    assertThat(answer.body()).isEqualTo(DONE);
    assertThat(answer.headers().firstValue("X-Of-Tomorrow")).contains("7");
    assertThat(server.last().body()).isEqualTo(CALL.formatted("read"));
    assertThat(server.last().fields().getFirst("Authorization")).isEqualTo("Bearer t-1");
    assertThat(server.last().fields().getFirst("MCP-Protocol-Version")).isEqualTo("2025-11-25");
    assertThat(server.last().fields().getFirst("Accept-encoding")).isNull();
  }

  @Test
  void aDeniedCallNeverReachesTheServer() throws Exception {
    HttpResponse<String> answer =
        to(exchange -> json(exchange, DONE), post(CALL.formatted("delete")));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).contains("\"isError\":true", "ACME-101");
    assertThat(server.asked()).isEmpty();
  }

  @Test
  void whatWasTakenOutOfACallDoesNotGoOnInAHeaderField() throws Exception {
    to(
        exchange -> json(exchange, DONE),
        post(CALL.formatted("send\",\"arguments\":{\"to\":\"secret-1\"},\"_meta\":{},\"x\":\""))
            .header("Mcp-Name", "send")
            .header("Mcp-Param-To", "secret-1"));

    assertThat(server.last().body()).contains("[cut]");
    assertThat(server.last().fields().getFirst("Mcp-Name")).isEqualTo("send");
    assertThat(server.last().fields().get("Mcp-Param-To")).containsExactly("[cut]");
  }

  @Test
  void eventsArriveOneByOneWithTheirIdsAndAnEmptyFirstOne() throws Exception {
    CountDownLatch read = new CountDownLatch(1);
    start(
        exchange -> {
          try (OutputStream out = events(exchange)) {
            write(out, "id: e-1\ndata: \n\n");
            write(out, ": a comment\n\n");
            write(
                out,
                "event: message\nid: e-2\r\ndata: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/progress\"}\n\n");
            awaited(read);
            write(out, "id: e-3\ndata: " + DONE + "\n\n");
          }
        });

    HttpResponse<InputStream> answer =
        client.send(post(CALL.formatted("read")).build(), BodyHandlers.ofInputStream());
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8));

    assertThat(until(lines, "data: {"))
        .contains("id: e-1\n", ": a comment\n", "id: e-2\n", "progress");
    read.countDown();
    assertThat(until(lines, "data: {")).contains("id: e-3\n").contains("data: " + DONE);
  }

  @Test
  void aResultInAnEventIsRewrittenAndKeepsItsId() throws Exception {
    HttpResponse<String> answer =
        to(
            exchange -> {
              try (OutputStream out = events(exchange)) {
                write(out, "id: e-1\ndata: " + DONE + "\n\n");
              }
            },
            post(CALL.formatted("secret")));

    assertThat(answer.body()).contains("id: e-1\n", "[hidden]").doesNotContain("1.50");
  }

  @Test
  void aServersRequestInAnEventIsGoverned() throws Exception {
    CountDownLatch refused = new CountDownLatch(1);
    Manner manner =
        exchange -> {
          if (server.last().body().contains("sampling-1")) {
            refused.countDown();
            reply(exchange, 202, "", "");
            return;
          }
          try (OutputStream out = events(exchange)) {
            write(
                out,
                "data:"
                    + " {\"jsonrpc\":\"2.0\",\"id\":\"sampling-1\",\"method\":\"sampling/createMessage\",\"params\":{}}\n\n");
            awaited(refused);
            write(out, "data: " + DONE + "\n\n");
          }
        };
    Rule rule =
        Rule.named("ACME-103").tools("mcp__box__sampling/createMessage").mode(Mode.ENFORCE).deny();
    try (Governor strict = Governor.builder().trace(trace).rules(rule).build()) {
      HttpResponse<String> answer = to(strict, manner, post(CALL.formatted("read")));

      assertThat(answer.body()).contains(DONE).doesNotContain("sampling-1");
      assertThat(server.last().body()).contains("sampling-1", "\"error\"");
    }
  }

  @Test
  void aSessionIsHandedOnAndItsEndsAreTold() throws Exception {
    start(
        exchange -> {
          String session = exchange.getRequestHeaders().getFirst("Mcp-Session-Id");
          if (exchange.getRequestMethod().equals("DELETE")) {
            reply(exchange, 204, "", "");
          } else if ("gone".equals(session)) {
            reply(exchange, 404, "text/plain", "no session");
          } else {
            exchange.getResponseHeaders().set("Mcp-Session-Id", "s-1");
            json(exchange, "{\"jsonrpc\":\"2.0\",\"id\":0,\"result\":{}}");
          }
        });

    HttpResponse<String> opened = send(post(INITIALIZE));
    HttpResponse<String> gone = send(post(CALL.formatted("read")).header("Mcp-Session-Id", "gone"));
    HttpResponse<String> ended =
        send(HttpRequest.newBuilder(url()).header("Mcp-Session-Id", "s-1").DELETE());

    assertThat(opened.headers().firstValue("Mcp-Session-Id")).contains("s-1");
    assertThat(gone.statusCode()).isEqualTo(404);
    assertThat(ended.statusCode()).isEqualTo(204);
    assertThat(server.last().fields().getFirst("Mcp-Session-Id")).isEqualTo("s-1");
  }

  @Test
  void theStreamOfTheServerIsOpenedWithTheLastEventId() throws Exception {
    HttpResponse<String> answer =
        to(
            exchange -> {
              try (OutputStream out = events(exchange)) {
                write(out, "id: 8\ndata: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/x\"}\n\n");
              }
            },
            HttpRequest.newBuilder().header("Last-Event-ID", "7").GET());

    assertThat(answer.body())
        .isEqualTo("id: 8\ndata: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/x\"}\n\n");
    assertThat(server.last().fields().getFirst("Last-Event-ID")).isEqualTo("7");
  }

  @Test
  void redirectsAreNotFollowed() throws Exception {
    HttpResponse<String> answer =
        to(
            exchange -> {
              exchange.getResponseHeaders().set("Location", "http://127.0.0.1:9/elsewhere");
              reply(exchange, 307, "", "");
            },
            post(CALL.formatted("read")));

    assertThat(answer.statusCode()).isEqualTo(502);
    assertThat(answer.body()).contains("\"id\":1,\"error\"");
    assertThat(answer.headers().firstValue("Location")).isEmpty();
    assertThat(server.asked()).hasSize(1);
  }

  @Test
  void whoIsAskedToLogInIsAskedInTheServersWords() throws Exception {
    String challenge =
        "Bearer resource_metadata=\"https://x.example/.well-known/y\", scope=\"a b\"";
    HttpResponse<String> answer =
        to(
            exchange -> {
              exchange.getResponseHeaders().set("WWW-Authenticate", challenge);
              reply(exchange, 401, "application/json", "{\"error\":\"unauthorized\"}");
            },
            post(CALL.formatted("read")));

    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.headers().firstValue("WWW-Authenticate")).contains(challenge);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "400|text/html|<html>Bad</html>",
        "403|application/json|{\"error_description\":\"no\",\"error\":\"denied\"}",
        "500|application/json|{\"detail\":1.50}",
        "503|text/plain|busy",
      })
  void errorsOfHttpAreHandedOnInTheServersWords(int status, String type, String body)
      throws Exception {
    HttpResponse<String> answer =
        to(exchange -> reply(exchange, status, type, body), post(CALL.formatted("read")));

    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.body()).isEqualTo(body);
  }

  @Test
  void anAnswerThatNeverEndsIsCutAndTheClientAnswered() throws Exception {
    HttpResponse<String> answer =
        to(
            exchange -> {
              exchange.getResponseHeaders().set("Content-Type", "application/json");
              exchange.sendResponseHeaders(200, 0);
              byte[] part = " ".repeat(1 << 20).getBytes(StandardCharsets.US_ASCII);
              while (true) {
                exchange.getResponseBody().write(part);
              }
            },
            post(CALL.formatted("read")));

    assertThat(answer.statusCode()).isEqualTo(502);
    assertThat(answer.body()).contains("\"id\":1,\"error\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "application/json|{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"a\":1,\"a\":2}}",
        "application/json|{\"jsonrpc\":\"2.0\",\"id\":1,\"resu",
        "application/json|<html>",
      })
  void anAnswerThatCannotBeReadIsAnError(String type, String body) throws Exception {
    HttpResponse<String> answer =
        to(exchange -> reply(exchange, 200, type, body), post(CALL.formatted("read")));

    assertThat(answer.body()).contains("\"id\":1,\"error\"").doesNotContain("\"a\":2");
  }

  @Test
  void aResultUnderAnotherContentTypeDoesNotEscapeItsRules() throws Exception {
    HttpResponse<String> answer =
        to(exchange -> reply(exchange, 200, "text/plain", DONE), post(CALL.formatted("secret")));

    assertThat(answer.body()).doesNotContain("1.50");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}]",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\",\"method\":\"tools/call\"}",
        "{\"jsonrpc\":",
      })
  void whatIsNotOneMessageIsRefused(String body) throws Exception {
    HttpResponse<String> answer = to(exchange -> json(exchange, DONE), post(body));

    assertThat(answer.body()).contains("\"error\":{\"code\":-32");
    assertThat(server.asked()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "Host: evil.example,",
    "Host: 127.0.0.1.evil.example,",
    "Host: 127.0.0.1,Origin: http://evil.example",
    "Host: 127.0.0.1,Origin: null",
    "Host: localhost,Origin: http://localhost.evil.example"
  })
  void pagesOfBrowsersAreKeptOut(String host, String origin) throws Exception {
    start(exchange -> json(exchange, DONE));
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), proxy.address().getPort())) {
      String more = origin == null ? "" : origin + "\r\n";
      socket
          .getOutputStream()
          .write(
              ("POST /mcp HTTP/1.1\r\n" + host + "\r\n" + more + "Content-Length: 2\r\n\r\n{}")
                  .getBytes(StandardCharsets.US_ASCII));
      assertThat(
              new BufferedReader(
                      new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
                  .readLine())
          .contains("403");
    }
    assertThat(server.asked()).isEmpty();
  }

  @Test
  void aServerThatIsNotThereIsToldUnderTheRequestsId() throws Exception {
    start(exchange -> json(exchange, DONE));
    server.close();

    HttpResponse<String> answer = send(post(CALL.formatted("read")));

    assertThat(answer.statusCode()).isEqualTo(502);
    assertThat(answer.body()).contains("\"id\":1,\"error\"");
  }

  @Test
  void onlyLoopbackIsListenedOn() {
    assertThatThrownBy(
            () ->
                McpProxy.of(governor, "box")
                    .http(URI.create("http://127.0.0.1:1/"), new InetSocketAddress("0.0.0.0", 0)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private void start(Manner manner) throws IOException {
    start(governor, manner);
  }

  private void start(Governor by, Manner manner) throws IOException {
    server = new FaultServer(manner);
    proxy =
        McpProxy.of(by, "box")
            .http(server.url(), new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  }

  private HttpResponse<String> to(Manner manner, HttpRequest.Builder request) throws Exception {
    return to(governor, manner, request);
  }

  private HttpResponse<String> to(Governor by, Manner manner, HttpRequest.Builder request)
      throws Exception {
    start(by, manner);
    return send(request);
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return client.send(request.uri(url()).build(), BodyHandlers.ofString());
  }

  private HttpRequest.Builder post(String body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder()
            .header("Content-Type", "application/json")
            .header("Accept", "application/json, text/event-stream")
            .POST(BodyPublishers.ofString(body));
    return proxy == null ? request : request.uri(url());
  }

  private URI url() {
    return URI.create("http://127.0.0.1:" + proxy.address().getPort() + "/mcp");
  }

  private static String until(BufferedReader lines, String start) throws IOException {
    StringBuilder read = new StringBuilder();
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      read.append(line).append('\n');
      if (line.startsWith(start)) {
        break;
      }
    }
    return read.toString();
  }

  private static void awaited(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
