package io.governor.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import io.governor.Approval;
import io.governor.Governor;
import io.governor.Mode;
import io.governor.Rule;
import io.governor.event.GovernorMember.Asked;
import io.governor.json.CanonicalJson;
import io.governor.mcp.FormResultTest.Form;
import io.governor.testkit.RecordingTraceSink;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A client of 2026-07-28 is asked about its calls, over every pair of transports. */
@Timeout(60)
class FormResultWiresTest {

  private static final Rule ASK =
      Rule.named("ACME-105").tools("mcp__box__delete").mode(Mode.ENFORCE).ask();

  private final RecordingTraceSink trace = new RecordingTraceSink();
  private final Governor governor =
      Governor.builder()
          .trace(trace)
          .rules(ASK)
          .approver(
              request -> CompletableFuture.completedFuture(new Approval(false, request.digest())),
              Duration.ofMinutes(5))
          .build();

  @AfterEach
  void close() {
    governor.close();
  }

  enum Wires {
    STDIO_STDIO,
    STDIO_HTTP,
    HTTP_STDIO,
    HTTP_HTTP
  }

  @ParameterizedTest
  @EnumSource
  void onlyARepetitionWithAYesReachesTheServerAndAsTheCallThatItIs(Wires wires) throws Exception {
    try (FaultServer http = new FaultServer(FormResultWiresTest::echo);
        Wire wire = wire(wires, http)) {
      assertThat(heard(wire.said(call("1", "read", "")))).contains("\"name\":\"read\"");

      Form no = FormResultTest.form(wire.said(call("2", "delete", "")));
      assertThat(wire.said(call("3", "delete", no.answered("{\"action\":\"cancel\"}"))))
          .contains("ACME-105", "a person said no", "\"id\":3");

      Form yes = FormResultTest.form(wire.said(call("4", "delete", "")));
      String again = call("5", "delete", yes.answered(FormResultTest.YES));
      String ran = wire.said(again);
      assertThat(ran).contains("\"id\":5");
      assertThat(heard(ran).replace(heardId(ran), "5")).isEqualTo(call("5", "delete", ""));

      FormResultTest.form(wire.said(again.replace("\"id\":5", "\"id\":6")));
      FormResultTest.form(
          wire.said(call("7", "delete", yes.answered(FormResultTest.YES)).replace("canary", "x")));
      assertThat(http.asked()).hasSizeLessThanOrEqualTo(3);
      assertThat(http.asked()).noneMatch(each -> each.body().contains("approve"));
    }
    // Behind HTTP the process is ended by another thread; this waits for what it leaves open.
    governor.close();
    assertThat(Events.calls(trace, "mcp__box__delete").stream().map(e -> e.governor().asked()))
        .containsExactly(
            new Asked("client", false),
            new Asked("client", true),
            new Asked(null, false),
            new Asked(null, false));
  }

  /** What the server says it was sent. */
  private static String heard(String answer) throws Exception {
    List<?> content = (List<?>) Talk.result(answer).get("content");
    return String.valueOf(((Map<?, ?>) content.get(0)).get("text"));
  }

  private static String heardId(String answer) throws Exception {
    String line = heard(answer);
    int at = line.indexOf("\"id\":") + 5;
    return line.substring(at, line.indexOf(',', at));
  }

  private static String call(String id, String tool, String members) {
    return ("{\"jsonrpc\":\"2.0\",\"id\":%s,\"method\":\"tools/call\",\"params\":{\"name\":\"%s\","
                + "\"arguments\":{\"path\":\"canary\", \"n\":1.50},")
            .formatted(id, tool)
        + Talk.META.replace("Capabilities\":{}", "Capabilities\":{\"elicitation\":{\"form\":{}}}")
        + members
        + "}}";
  }

  /** A server that speaks HTTP, and tells what it was sent. */
  private static void echo(HttpExchange exchange, String body) throws IOException {
    if (!exchange.getRequestMethod().equals("POST")) {
      FaultServer.reply(exchange, 405, "", "");
      return;
    }
    int at = body.indexOf("\"id\":") + 5;
    String text = CanonicalJson.text(Map.of("type", "text", "text", body));
    FaultServer.json(
        exchange,
        "{\"jsonrpc\":\"2.0\",\"id\":"
            + body.substring(at, body.indexOf(',', at))
            + ",\"result\":{\"resultType\":\"complete\",\"content\":["
            + text
            + "]}}");
  }

  /** A client's end. */
  private interface Wire extends AutoCloseable {

    /** Sends a request, and returns its answer. */
    String said(String request) throws Exception;

    @Override
    void close() throws IOException;
  }

  private Wire wire(Wires wires, FaultServer http) throws IOException {
    return switch (wires) {
      case STDIO_STDIO ->
          new Lines(
              (in, out) ->
                  proxy()
                      .stdio(
                          FixtureServer.command("answers"),
                          FixtureServer.environment(),
                          in,
                          out,
                          new ByteArrayOutputStream()));
      case STDIO_HTTP -> new Lines((in, out) -> proxy().stdioToHttp(http.url(), in, out));
      case HTTP_STDIO ->
          new Posts(
              proxy()
                  .httpToStdio(
                      FixtureServer.command("answers"),
                      FixtureServer.environment(),
                      any(),
                      new ByteArrayOutputStream()));
      case HTTP_HTTP -> new Posts(proxy().http(http.url(), any()));
    };
  }

  private McpProxy proxy() {
    return McpProxy.of(governor, "box").askingClients();
  }

  private static InetSocketAddress any() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  private static final class Lines implements Wire {

    private interface Carrying {
      void carry(InputStream in, OutputStream out) throws IOException, InterruptedException;
    }

    private final PipedOutputStream toProxy = new PipedOutputStream();
    private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();
    private final CompletableFuture<Void> end;

    Lines(Carrying proxy) throws IOException {
      PipedInputStream in = new PipedInputStream(toProxy, 1 << 16);
      end = CompletableFuture.runAsync(() -> carry(proxy, in), task -> new Thread(task).start());
    }

    /** Pipes are over when the thread that wrote last has ended. */
    private final class Answers extends OutputStream {

      private final ByteArrayOutputStream line = new ByteArrayOutputStream();

      @Override
      public void write(int b) {
        if (b == '\n') {
          answers.add(line.toString(StandardCharsets.UTF_8));
          line.reset();
        } else {
          line.write(b);
        }
      }
    }

    private void carry(Carrying proxy, InputStream in) {
      try {
        proxy.carry(in, new Answers());
      } catch (IOException | InterruptedException e) {
        throw new AssertionError(e);
      }
    }

    @Override
    public String said(String request) throws IOException, InterruptedException {
      toProxy.write((request + "\n").getBytes(StandardCharsets.UTF_8));
      toProxy.flush();
      String answer = answers.poll(30, TimeUnit.SECONDS);
      assertThat(answer).as("an answer").isNotNull();
      return answer;
    }

    @Override
    public void close() throws IOException {
      toProxy.close();
      end.orTimeout(30, TimeUnit.SECONDS).join();
    }
  }

  private record Posts(McpProxy.Running proxy, HttpClient client) implements Wire {

    Posts(McpProxy.Running proxy) {
      this(proxy, HttpClient.newHttpClient());
    }

    @Override
    public String said(String request) throws Exception {
      HttpResponse<String> answer =
          client.send(
              HttpRequest.newBuilder(
                      URI.create("http://127.0.0.1:" + proxy.address().getPort() + "/mcp"))
                  .header("Accept", "application/json, text/event-stream")
                  .header("Content-Type", "application/json")
                  .header("MCP-Protocol-Version", "2026-07-28")
                  .header("Mcp-Method", "tools/call")
                  .header("Mcp-Name", request.contains("\"delete\"") ? "delete" : "read")
                  .POST(BodyPublishers.ofString(request))
                  .build(),
              BodyHandlers.ofString());
      assertThat(answer.statusCode()).isEqualTo(200);
      return answer.body();
    }

    @Override
    public void close() {
      proxy.close();
    }
  }
}
