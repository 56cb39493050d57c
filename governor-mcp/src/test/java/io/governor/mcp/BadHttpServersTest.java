package io.governor.mcp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.governor.Governor;
import io.governor.Mode;
import io.governor.Rule;
import io.governor.ToolResult;
import io.governor.testkit.RecordingTraceSink;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/**
 * HTTP servers that say what they should not, byte by byte: each request has one answer over either
 * transport of the client, and what a rule takes out of results reaches nobody.
 */
@Timeout(60)
class BadHttpServersTest {

  private static final String NONE = "-";
  private static final String CALL =
      "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"read\"}}";

  private final HttpClient client = HttpClient.newHttpClient();

  /** Every result is exchanged: what a server says in one reaches nobody. */
  private static Governor governor() {
    return Governor.builder()
        .trace(new RecordingTraceSink())
        .rules(
            Rule.named("ACME-101")
                .tools("mcp__box__*")
                .onResult()
                .mode(Mode.ENFORCE)
                .redactResult(result -> ToolResult.ofText("[cut]")))
        .build();
  }

  @ParameterizedTest(name = "{0}")
  @CsvFileSource(
      resources = "bad-http-servers.tsv",
      delimiter = '\t',
      quoteCharacter = '\0',
      maxCharsPerColumn = 1 << 16,
      ignoreLeadingAndTrailingWhitespace = false)
  void whateverAServerSaysItsCallerHasOneAnswer(
      String what, String says, String status, String body) throws Exception {
    try (RawServer server = new RawServer(says.translateEscapes().getBytes(ISO_8859_1));
        Governor governor = governor();
        McpProxy.Running proxy = http(governor, server)) {
      HttpResponse<String> answer = client.send(call(proxy), BodyHandlers.ofString());

      assertThat(answer.statusCode() + " " + answer.body()).startsWith(status);
      assertThat(answer.body()).contains(body.equals(NONE) ? "" : body).doesNotContain("canary");
      assertThat(answer.headers().map()).doesNotContainKeys("location", "content-encoding");
    }
  }

  @ParameterizedTest(name = "{0}")
  @CsvFileSource(
      resources = "bad-http-servers.tsv",
      delimiter = '\t',
      quoteCharacter = '\0',
      maxCharsPerColumn = 1 << 16,
      ignoreLeadingAndTrailingWhitespace = false)
  void aCallerOnStandardStreamsHasOneToo(String what, String says, String status, String body)
      throws Exception {
    ByteArrayOutputStream heard = new ByteArrayOutputStream();
    try (RawServer server = new RawServer(says.translateEscapes().getBytes(ISO_8859_1));
        Governor governor = governor()) {
      McpProxy.of(governor, "box")
          .stdioToHttp(
              server.url(), new ByteArrayInputStream((CALL + "\n").getBytes(ISO_8859_1)), heard);
    }
    List<String> answers = heard.toString(ISO_8859_1).lines().toList();
    assertThat(answers).filteredOn(line -> line.contains("\"id\":1")).hasSize(1);
    assertThat(answers.toString()).doesNotContain("canary");
  }

  @Test
  void aServerThatNeverAnswersKeepsNobodyElseWaiting() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    try (FaultServer server =
            new FaultServer(
                exchange -> {
                  if (exchange.getRequestHeaders().getFirst("X-Hang") == null) {
                    FaultServer.json(exchange, "{\"jsonrpc\":\"2.0\",\"id\":2,\"result\":{}}");
                    return;
                  }
                  asked.countDown();
                  hang();
                });
        Governor governor = governor();
        McpProxy.Running proxy = McpProxy.of(governor, "box").http(server.url(), loopback())) {
      List<CompletableFuture<?>> hanging = new ArrayList<>();
      for (int i = 0; i < 64; i++) {
        hanging.add(
            client.sendAsync(
                HttpRequest.newBuilder(call(proxy), (name, value) -> true)
                    .header("X-Hang", "1")
                    .build(),
                BodyHandlers.ofString()));
      }
      assertThat(asked.await(30, TimeUnit.SECONDS)).isTrue();

      String ping = "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"ping\"}";
      HttpResponse<String> answer =
          client.send(
              HttpRequest.newBuilder(url(proxy)).POST(BodyPublishers.ofString(ping)).build(),
              BodyHandlers.ofString());
      assertThat(answer.body()).contains("\"id\":2,\"result\"");
      assertThat(hanging).noneMatch(CompletableFuture::isDone);
    }
  }

  private static void hang() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static InetSocketAddress loopback() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  private static McpProxy.Running http(Governor governor, RawServer server) throws IOException {
    return McpProxy.of(governor, "box").http(server.url(), loopback());
  }

  private static URI url(McpProxy.Running proxy) {
    return URI.create("http://127.0.0.1:" + proxy.address().getPort() + "/mcp");
  }

  private static HttpRequest call(McpProxy.Running proxy) {
    return HttpRequest.newBuilder(url(proxy))
        .header("Content-Type", "application/json")
        .header("Accept", "application/json, text/event-stream")
        .POST(BodyPublishers.ofString(CALL))
        .build();
  }

  /** Says the same to whoever asks, and hangs up: with a reset where there is nothing to say. */
  private static final class RawServer implements AutoCloseable {

    private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final byte[] says;

    RawServer(byte[] says) throws IOException {
      this.says = says;
      Thread thread = new Thread(this::accept);
      thread.setDaemon(true);
      thread.start();
    }

    URI url() {
      return URI.create("http://127.0.0.1:" + socket.getLocalPort() + "/mcp");
    }

    private void accept() {
      while (!socket.isClosed()) {
        try (Socket caller = socket.accept()) {
          readHead(caller.getInputStream());
          if (says.length <= 1) {
            caller.setSoLinger(true, 0);
          } else {
            caller.getOutputStream().write(says);
            caller.getOutputStream().flush();
          }
        } catch (IOException ignored) {
          // The caller left, or the test is over, which the loop sees.
        }
      }
    }

    /** The head, and the call that stands behind it. */
    private static void readHead(InputStream in) throws IOException {
      StringBuilder head = new StringBuilder();
      while (head.indexOf("\r\n\r\n") < 0) {
        int next = in.read();
        if (next < 0) {
          return;
        }
        head.append((char) next);
      }
      if (head.indexOf("POST") == 0) {
        in.readNBytes(CALL.length());
      }
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
