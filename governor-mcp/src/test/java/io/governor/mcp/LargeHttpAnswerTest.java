package io.governor.mcp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import io.governor.Governor;
import io.governor.Mode;
import io.governor.Rule;
import io.governor.ToolResult;
import io.governor.testkit.RecordingTraceSink;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Large answers of servers that speak HTTP. */
@Timeout(120)
class LargeHttpAnswerTest {

  private static final String CALL =
      "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"%s\"}}";
  private static final String HEAD = "{\"result\":{\"content\":[{\"type\":\"text\",\"text\":\"";
  private static final String TAIL = "\"}]},\"jsonrpc\":\"2.0\",\"id\":1}";
  private static final String ANSWER = HEAD + "é".repeat(1_000_000) + TAIL;

  private final RecordingTraceSink trace = new RecordingTraceSink();
  private final Governor governor =
      Governor.builder()
          .trace(trace)
          .rules(
              Rule.named("ACME-101")
                  .tools("mcp__box__secret")
                  .onResult()
                  .mode(Mode.ENFORCE)
                  .redactResult(result -> ToolResult.ofText("[hidden]")))
          .build();

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void goOnByteForByteAndAreOnRecordByTheirSize(boolean events) throws Exception {
    String sent = events ? "id: 7\nevent: message\ndata: " + ANSWER + "\n\n" : ANSWER;

    assertThat(overHttp(events, sent, "read")).isEqualTo(sent);
    assertThat(overStdio(events, sent, "read")).isEqualTo(ANSWER + "\n");

    assertThat(Events.results(trace)).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void areHeldWhereARuleLooksAtThem(boolean events) throws Exception {
    String sent = events ? "data: " + ANSWER + "\n\n" : ANSWER;

    assertThat(overHttp(events, sent, "secret")).hasSizeLessThan(200).contains("[hidden]");
    assertThat(overStdio(events, sent, "secret")).hasSizeLessThan(200).contains("[hidden]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"}]},\"id\":1,\"id\":2}", "\"}]},\"id\":9}", "\"}]},\"id\":1", "\"}]"})
  void thatTurnOutToBeSomethingElseNeverBecomeReadable(String tail) throws Exception {
    String sent = HEAD + "é".repeat(1_000_000) + tail;

    assertThatThrownBy(() -> Frame.read(overHttp(false, sent, "read").getBytes(UTF_8)))
        .isInstanceOf(RefusedFrame.class);
    String stream = overHttp(true, "data: " + sent + "\n\n", "read");
    String first = stream.substring(0, stream.indexOf("\n\n"));
    assertThatThrownBy(() -> Frame.read(first.substring("data: ".length()).getBytes(UTF_8)))
        .isInstanceOf(RefusedFrame.class);
    for (boolean events : new boolean[] {false, true}) {
      List<String> lines =
          overStdio(events, events ? "data: " + sent + "\n\n" : sent, "read").lines().toList();
      assertThat(lines).hasSize(2);
      assertThat(lines.get(1)).startsWith("{\"jsonrpc\":\"2.0\",\"id\":1,\"error\"");
    }
  }

  @Test
  void newlinesBetweenValuesDoNotBreakALine() throws Exception {
    String sent = ANSWER.replace(",\"jsonrpc\"", ",\r\n\"jsonrpc\"");

    assertThat(overStdio(false, sent, "read"))
        .isEqualTo(ANSWER.replace(",\"jsonrpc\"", ",  \"jsonrpc\"") + "\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"http json", "http events", "stdio json", "stdio events"})
  void ofFiftyMegabytesPassASmallHeap(String how, @TempDir Path folder) throws Exception {
    boolean events = how.endsWith("events");
    try (FaultServer server = new FaultServer(exchange -> large(exchange, events))) {
      List<String> command = FixtureServer.java("-Xmx32m");
      command.add(Main.class.getName());
      command.addAll(
          List.of(
              events ? how.replace(" events", "") : how.replace(" json", ""),
              server.url().toString()));
      Path errors = folder.resolve("errors");
      Process proxy = new ProcessBuilder(command).redirectError(errors.toFile()).start();
      try (InputStream answers = new BufferedInputStream(proxy.getInputStream(), 1 << 16)) {
        long bytes = how.startsWith("http") ? posted(line(answers), "none") : asked(proxy, answers);

        assertThat(Files.readString(errors)).isEmpty();
        assertThat(bytes).isGreaterThan(50_000_000);
      } finally {
        proxy.destroyForcibly();
      }
    }
  }

  @Test
  void ofAProcessPassASmallHeapToAClientOverHttp(@TempDir Path folder) throws Exception {
    List<String> command = FixtureServer.java("-Xmx32m");
    command.add(Main.class.getName());
    command.add("process");
    command.addAll(FixtureServer.command("large"));
    Path errors = folder.resolve("errors");
    Process proxy = new ProcessBuilder(command).redirectError(errors.toFile()).start();
    try (InputStream answers = new BufferedInputStream(proxy.getInputStream(), 1 << 16)) {
      String port = line(answers);
      URI url = URI.create("http://127.0.0.1:" + port + "/mcp");
      HttpResponse<String> opened =
          HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(url)
                      .POST(
                          BodyPublishers.ofString(
                              "{\"jsonrpc\":\"2.0\",\"id\":0,\"method\":\"initialize\"}"))
                      .build(),
                  BodyHandlers.ofString());

      long bytes = posted(port, opened.headers().firstValue("Mcp-Session-Id").orElseThrow());

      assertThat(Files.readString(errors)).isEmpty();
      assertThat(bytes).isGreaterThan(50_000_000);
      proxy.getOutputStream().close();
      assertThat(proxy.waitFor()).isZero();
    } finally {
      proxy.destroyForcibly();
    }
  }

  private static long asked(Process proxy, InputStream answers) throws IOException {
    proxy.getOutputStream().write((CALL.formatted("read") + "\n").getBytes(UTF_8));
    proxy.getOutputStream().flush();
    long bytes = 0;
    int last = 0;
    for (int c = answers.read(); c >= 0 && c != '\n'; c = answers.read()) {
      bytes++;
      last = c;
    }
    assertThat(last).isEqualTo('}');
    return bytes;
  }

  private static long posted(String port, String session) throws Exception {
    URI url = URI.create("http://127.0.0.1:" + port + "/mcp");
    HttpResponse<InputStream> answer =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(url)
                    .header("Mcp-Session-Id", session)
                    .POST(BodyPublishers.ofString(CALL.formatted("read")))
                    .build(),
                BodyHandlers.ofInputStream());
    try (InputStream body = answer.body()) {
      byte[] buffer = new byte[1 << 16];
      long bytes = 0;
      int end = 0;
      for (int n = body.read(buffer); n >= 0; n = body.read(buffer)) {
        bytes += n;
        for (int i = 0; i < n; i++) {
          end = buffer[i] == '\n' ? end : buffer[i];
        }
      }
      assertThat(end).isEqualTo('}');
      return bytes;
    }
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
      line.append((char) c);
    }
    return line.toString();
  }

  private static void large(HttpExchange exchange, boolean events) throws IOException {
    exchange
        .getResponseHeaders()
        .set("Content-Type", events ? "text/event-stream" : "application/json");
    exchange.sendResponseHeaders(200, 0);
    OutputStream out = exchange.getResponseBody();
    out.write(((events ? "data: " : "") + HEAD).getBytes(UTF_8));
    byte[] part = "z".repeat(50_000).getBytes(UTF_8);
    for (int i = 0; i < 1_000; i++) {
      out.write(part);
    }
    out.write((TAIL + (events ? "\n\n" : "")).getBytes(UTF_8));
  }

  /** The proxy as a program of its own. */
  static final class Main {

    private Main() {}

    public static void main(String[] args) throws Exception {
      try (Governor governor = Governor.builder().trace(event -> {}).build()) {
        McpProxy proxy = McpProxy.of(governor, "box");
        if (args[0].equals("stdio")) {
          proxy.stdioToHttp(URI.create(args[1]), System.in, System.out);
          return;
        }
        try (McpProxy.Running running = running(proxy, args)) {
          System.out.println(running.address().getPort());
          System.in.read();
        }
      }
    }
  }

  private static McpProxy.Running running(McpProxy proxy, String[] args) throws IOException {
    return args[0].equals("http")
        ? proxy.http(URI.create(args[1]), loopback())
        : proxy.httpToStdio(
            List.of(args).subList(1, args.length),
            FixtureServer.environment(),
            loopback(),
            System.err);
  }

  private static InetSocketAddress loopback() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  private String overHttp(boolean events, String body, String tool) throws Exception {
    try (FaultServer server = server(events, body);
        McpProxy.Running proxy = McpProxy.of(governor, "box").http(server.url(), loopback())) {
      URI url = URI.create("http://127.0.0.1:" + proxy.address().getPort() + "/mcp");
      return HttpClient.newHttpClient()
          .send(
              HttpRequest.newBuilder(url)
                  .POST(BodyPublishers.ofString(CALL.formatted(tool)))
                  .build(),
              BodyHandlers.ofString())
          .body();
    }
  }

  private String overStdio(boolean events, String body, String tool) throws Exception {
    try (FaultServer server = server(events, body)) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      byte[] in = (CALL.formatted(tool) + "\n").getBytes(UTF_8);
      McpProxy.of(governor, "box").stdioToHttp(server.url(), new ByteArrayInputStream(in), out);
      return out.toString(UTF_8);
    }
  }

  private static FaultServer server(boolean events, String body) throws Exception {
    return new FaultServer(
        exchange ->
            FaultServer.reply(
                exchange, 200, events ? "text/event-stream" : "application/json", body));
  }
}
