package io.governor.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.governor.Governor;
import io.governor.Mode;
import io.governor.Rule;
import io.governor.testkit.RecordingTraceSink;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
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
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Clients that speak HTTP, each with a server that is a process of its own. */
@Timeout(60)
class HttpToStdioTest {

  private static final String INITIALIZE =
      "{\"jsonrpc\":\"2.0\",\"id\":0,\"method\":\"initialize\",\"params\":{}}";
  private static final String CALL =
      "{\"jsonrpc\":\"2.0\",\"id\":%s,\"method\":\"tools/call\",\"params\":{\"name\":\"%s\"}}";

  private final Governor governor =
      Governor.builder()
          .trace(new RecordingTraceSink())
          .rules(Rule.named("ACME-101").tools("mcp__box__delete").mode(Mode.ENFORCE).deny())
          .build();
  private final HttpClient client = HttpClient.newHttpClient();
  private McpProxy.Running proxy;

  /** What tests before this one have started, and may still be ending. */
  private final Set<ProcessHandle> others =
      ProcessHandle.current().children().collect(Collectors.toSet());

  @AfterEach
  void close() {
    proxy.close();
    governor.close();
    assertThat(ProcessHandle.current().children().filter(this::isServer))
        .as("what was started has ended")
        .isEmpty();
  }

  @Test
  void eachSessionHasItsServerAndItsEndEndsIt() throws Exception {
    start("echo");
    String one = session();
    String other = session();

    assertThat(one).isNotEqualTo(other).hasSize(32);
    assertThat(send(post(one, CALL.formatted(1, "read"))).body())
        .contains("\"id\":1", "\\\"read\\\"");
    assertThat(send(post(one, CALL.formatted(1, "delete"))).body()).contains("ACME-101");
    List<ProcessHandle> servers =
        ProcessHandle.current().children().filter(this::isServer).toList();
    assertThat(servers).hasSize(2);

    assertThat(send(session(one, "DELETE")).statusCode()).isEqualTo(204);

    assertThat(send(post(one, CALL.formatted(2, "read"))).statusCode()).isEqualTo(404);
    assertThat(send(post(other, CALL.formatted(2, "read"))).body()).contains("\"id\":2");
  }

  @Test
  void whatTheServerSaysUnaskedIsKeptUntilItsClientListens() throws Exception {
    start("announces");
    String session = session();
    send(post(session, "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}"));

    HttpResponse<java.io.InputStream> stream =
        client.send(session(session, "GET").uri(url()).build(), BodyHandlers.ofInputStream());
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(stream.body(), StandardCharsets.UTF_8))) {
      assertThat(lines.readLine()).isEqualTo(":");
      assertThat(lines.readLine()).isEmpty();
      assertThat(lines.readLine()).isEqualTo("id: 1");
      assertThat(lines.readLine())
          .isEqualTo("data: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/tools/list_changed\"}");
    }
  }

  @Test
  void aServerThatDiesLeavesItsClientWithOneAnswerAndNoSession() throws Exception {
    start("dies-later");
    String session = session();

    assertThat(send(post(session, CALL.formatted(1, "read"))).body())
        .contains("\"id\":1,\"error\"");
    HttpResponse<String> after = send(post(session, CALL.formatted(2, "read")));
    assertThat(after.statusCode() == 404 || after.body().contains("\"id\":2,\"error\"")).isTrue();
  }

  @Test
  void withoutASessionNothingButItsBeginningIsTaken() throws Exception {
    start("echo");

    assertThat(send(post(null, CALL.formatted(1, "read"))).statusCode()).isEqualTo(400);
    assertThat(send(post("0".repeat(32), CALL.formatted(1, "read"))).statusCode()).isEqualTo(404);
    assertThat(send(session("0".repeat(32), "GET")).statusCode()).isEqualTo(404);
    assertThat(send(session("0".repeat(32), "DELETE")).statusCode()).isEqualTo(404);
  }

  private void start(String manner) throws Exception {
    proxy =
        McpProxy.of(governor, "box")
            .httpToStdio(
                FixtureServer.command(manner),
                FixtureServer.environment(),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                new ByteArrayOutputStream());
  }

  private String session() throws Exception {
    HttpResponse<String> opened = send(post(null, INITIALIZE));
    assertThat(opened.body()).contains("\"id\":0", "result");
    return opened.headers().firstValue("Mcp-Session-Id").orElseThrow();
  }

  private HttpRequest.Builder post(String session, String body) {
    HttpRequest.Builder request = HttpRequest.newBuilder().POST(BodyPublishers.ofString(body));
    return session == null ? request : request.header("Mcp-Session-Id", session);
  }

  private static HttpRequest.Builder session(String session, String method) {
    return HttpRequest.newBuilder()
        .header("Mcp-Session-Id", session)
        .method(method, BodyPublishers.noBody());
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return client.send(request.uri(url()).build(), BodyHandlers.ofString());
  }

  private URI url() {
    return URI.create("http://127.0.0.1:" + proxy.address().getPort() + "/mcp");
  }

  private boolean isServer(ProcessHandle process) {
    return !others.contains(process) && process.info().command().orElse("").endsWith("java");
  }
}
