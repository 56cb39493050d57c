package io.governor.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.governor.Governor;
import io.governor.Mode;
import io.governor.Rule;
import io.governor.testkit.RecordingTraceSink;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Clients over HTTP that have no session (2026-07-28), and one process behind the proxy. */
@Timeout(60)
class StatelessClientsTest {

  private static final String CALL =
      "{\"jsonrpc\":\"2.0\",\"id\":%s,\"method\":\"tools/call\",\"params\":{\"name\":\"%s\",\"_meta\":{%s"
          + Talk.META.substring("\"_meta\":{".length())
          + "}}";
  private static final String LISTEN =
      "{\"jsonrpc\":\"2.0\",\"id\":\"l-1\",\"method\":\"subscriptions/listen\",\"params\":{"
          + Talk.META
          + "}}";

  private final RecordingTraceSink trace = new RecordingTraceSink();
  private final Governor governor =
      Governor.builder()
          .trace(trace)
          .rules(Rule.named("ACME-101").tools("mcp__box__delete").mode(Mode.ENFORCE).deny())
          .build();
  private final HttpClient client = HttpClient.newHttpClient();
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();
  private McpProxy.Running proxy;

  @AfterEach
  void close() {
    proxy.close();
    governor.close();
  }

  @Test
  void clientsWithTheSameIdsEachGetTheirOwnAnswer() throws Exception {
    start();
    List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      answers.add(
          client.sendAsync(post(CALL.formatted("0", "t" + i, "")), BodyHandlers.ofString()));
    }
    for (int i = 0; i < 20; i++) {
      HttpResponse<String> answer = answers.get(i).join();
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.headers().firstValue("Mcp-Session-Id")).isEmpty();
      assertThat(answer.body()).contains("\"id\":0}", "\\\"t" + i + "\\\"");
    }
    assertThat(trace.sessions()).hasSize(1);
  }

  @Test
  void aDeniedCallNeverReachesTheServer() throws Exception {
    start();

    assertThat(send(CALL.formatted("\"a\"", "delete", "")).body())
        .startsWith("{\"jsonrpc\":\"2.0\",\"id\":\"a\",\"result\":")
        .contains("ACME-101", "\"resultType\":\"complete\"");
  }

  @Test
  void whatIsToldOnTheWayComesBeforeTheAnswerUnderTheClientsOwnToken() throws Exception {
    start();

    HttpResponse<String> answer = send(CALL.formatted("7", "read", "\"progressToken\":\"mine\","));

    assertThat(answer.headers().firstValue("Content-Type")).contains("text/event-stream");
    assertThat(answer.body())
        .startsWith("data: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/progress\",\"params\":")
        .contains("\"progressToken\":\"mine\"}", "\"id\":7}\n\n")
        .doesNotContain("notifications/message");
  }

  @Test
  void aSubscriptionIsAStreamUntilItsClientLeaves() throws Exception {
    start();
    HttpResponse<InputStream> stream = client.send(post(LISTEN), BodyHandlers.ofInputStream());
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(stream.body(), StandardCharsets.UTF_8))) {
      assertThat(lines.readLine())
          .contains("subscriptions/acknowledged", "subscriptionId\":\"l-1\"");
      lines.readLine();
      assertThat(lines.readLine()).contains("list_changed", "subscriptionId\":\"l-1\"");
      assertThat(send(CALL.formatted("1", "read", "")).body()).contains("\"id\":1}");
    }
  }

  @Test
  void aServerThatDiesLeavesOneAnswerAndTheNextRequestAnotherServer() throws Exception {
    start();

    assertThat(send(CALL.formatted("1", "die", "")).body()).contains("\"id\":1,\"error\"");
    assertThat(send(CALL.formatted("2", "read", "")).body()).contains("\"id\":2}");
  }

  @Test
  void clientsWithASessionHaveAServerOfTheirOwnBesideIt() throws Exception {
    start();
    send(CALL.formatted("1", "read", ""));

    HttpResponse<String> opened =
        send("{\"jsonrpc\":\"2.0\",\"id\":0,\"method\":\"initialize\",\"params\":{}}");

    assertThat(opened.headers().firstValue("Mcp-Session-Id")).isPresent();
    assertThat(opened.body()).contains("\"id\":0}");
  }

  @Test
  void aHeaderThatSaysSomethingElseIsRefused() throws Exception {
    start();
    HttpRequest request =
        HttpRequest.newBuilder(url())
            .header("Mcp-Method", "tools/list")
            .POST(BodyPublishers.ofString(CALL.formatted("5", "read", "")))
            .build();

    HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("\"id\":5,\"error\":{\"code\":-32020");
  }

  private void start() throws Exception {
    proxy =
        McpProxy.of(governor, "box")
            .httpToStdio(
                FixtureServer.command("stateless"),
                FixtureServer.environment(),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                log);
  }

  private HttpResponse<String> send(String body) throws Exception {
    return client.send(post(body), BodyHandlers.ofString());
  }

  private HttpRequest post(String body) {
    return HttpRequest.newBuilder(url())
        .header("Accept", "application/json, text/event-stream")
        .POST(BodyPublishers.ofString(body))
        .build();
  }

  private URI url() {
    return URI.create("http://127.0.0.1:" + proxy.address().getPort() + "/mcp");
  }
}
