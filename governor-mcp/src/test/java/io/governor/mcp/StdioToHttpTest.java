package io.governor.mcp;

import static io.governor.mcp.FaultServer.events;
import static io.governor.mcp.FaultServer.json;
import static io.governor.mcp.FaultServer.reply;
import static io.governor.mcp.FaultServer.write;
import static org.assertj.core.api.Assertions.assertThat;

import io.governor.Governor;
import io.governor.Mode;
import io.governor.Rule;
import io.governor.mcp.FaultServer.Asked;
import io.governor.mcp.FaultServer.Manner;
import io.governor.testkit.RecordingTraceSink;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A client on standard streams, a server that speaks HTTP, and the proxy between them. */
@Timeout(60)
class StdioToHttpTest {

  private static final String INITIALIZE =
      "{\"jsonrpc\":\"2.0\",\"id\":0,\"method\":\"initialize\",\"params\":{}}";
  private static final String INITIALIZED =
      "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}";
  private static final String CALL =
      "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"%s\"}}";

  private final Governor governor =
      Governor.builder()
          .trace(new RecordingTraceSink())
          .rules(Rule.named("ACME-101").tools("mcp__box__delete").mode(Mode.ENFORCE).deny())
          .build();

  @Test
  void aSessionIsOpenedUsedAndEnded() throws Exception {
    List<Asked> asked;
    Manner manner =
        exchange -> {
          String method = exchange.getRequestMethod();
          if (!method.equals("POST")) {
            reply(exchange, method.equals("GET") ? 405 : 204, "", "");
            return;
          }
          boolean first = exchange.getRequestHeaders().getFirst("Mcp-Session-Id") == null;
          exchange.getResponseHeaders().set("Mcp-Session-Id", "s-1");
          json(
              exchange,
              first
                  ? "{\"jsonrpc\":\"2.0\",\"id\":0,\"result\":{\"protocolVersion\":\"2025-06-18\"}}"
                  : "{\"jsonrpc\":\"2.0\",\n \"id\":1,\"result\":{\"content\":[]}}");
        };
    try (FaultServer server = new FaultServer(manner)) {
      String heard = carried(server, INITIALIZE, CALL.formatted("read"));

      assertThat(heard.lines().toList())
          .containsExactly(
              "{\"jsonrpc\":\"2.0\",\"id\":0,\"result\":{\"protocolVersion\":\"2025-06-18\"}}",
              "{\"jsonrpc\":\"2.0\",  \"id\":1,\"result\":{\"content\":[]}}");
      asked = server.asked();
    }
    Asked call = asked.get(1);
    assertThat(call.fields().getFirst("Mcp-Session-Id")).isEqualTo("s-1");
    assertThat(call.fields().getFirst("MCP-Protocol-Version")).isEqualTo("2025-06-18");
    assertThat(call.fields().getFirst("Accept")).contains("text/event-stream");
    assertThat(asked.get(asked.size() - 1).method()).isEqualTo("DELETE");
  }

  @Test
  void aDeniedCallIsAnsweredHereAndNotSent() throws Exception {
    try (FaultServer server = new FaultServer(exchange -> json(exchange, "{}"))) {
      assertThat(carried(server, CALL.formatted("delete"))).contains("\"id\":1", "ACME-101");
      assertThat(server.asked()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {302, 401, 404, 500})
  void aRequestThatHttpRefusesHasOneAnswer(int status) throws Exception {
    try (FaultServer server =
        new FaultServer(exchange -> reply(exchange, status, "text/plain", "x"))) {
      List<String> heard = carried(server, CALL.formatted("read")).lines().toList();

      assertThat(heard).hasSize(1);
      assertThat(heard.get(0)).contains("\"id\":1,\"error\"");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "data: {\"jsonrpc\":\"2.0\",\"id\":1,\"resul",
        "id: 1\ndata:\n\n",
        "data: nonsense\n\n"
      })
  void aStreamThatEndsWithoutTheAnswerLeavesOne(String stream) throws Exception {
    Manner manner =
        exchange -> {
          try (OutputStream out = events(exchange)) {
            write(out, stream);
          }
        };
    try (FaultServer server = new FaultServer(manner)) {
      List<String> heard = carried(server, CALL.formatted("read")).lines().toList();

      assertThat(heard).hasSize(1);
      assertThat(heard.get(0)).contains("\"id\":1,\"error\"");
    }
  }

  @Test
  void whatTheServerSaysUnaskedArrives() throws Exception {
    String said = "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/tools/list_changed\"}";
    Manner manner =
        exchange -> {
          if (exchange.getRequestMethod().equals("GET")) {
            try (OutputStream out = events(exchange)) {
              write(out, "id: 5\ndata: " + said + "\n\n");
            }
          } else if (exchange.getRequestMethod().equals("POST")) {
            json(exchange, "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}");
          }
        };
    try (FaultServer server =
        new FaultServer(
            exchange -> {
              boolean told = exchange.getRequestURI().getQuery() == null && isInitialized(exchange);
              if (told) {
                reply(exchange, 202, "", "");
              } else {
                manner.answer(exchange);
              }
            })) {
      // The client ends only when it has heard it.
      CountDownLatch heard = new CountDownLatch(1);
      ByteArrayOutputStream out =
          new ByteArrayOutputStream() {
            @Override
            public synchronized void write(byte[] bytes, int from, int length) {
              super.write(bytes, from, length);
              if (toString(StandardCharsets.UTF_8).contains(said + "\n")) {
                heard.countDown();
              }
            }
          };
      String frames = INITIALIZED + "\n" + CALL.formatted("read") + "\n";
      InputStream end =
          new InputStream() {
            @Override
            public int read() {
              await(heard);
              return -1;
            }

            @Override
            public int read(byte[] bytes, int from, int length) {
              return read();
            }
          };
      InputStream in =
          new SequenceInputStream(
              new ByteArrayInputStream(frames.getBytes(StandardCharsets.UTF_8)), end);
      McpProxy.of(governor, "box").stdioToHttp(server.url(), in, out);

      assertThat(heard.getCount()).isZero();
    }
  }

  /** It ended the listening: no header field can hold it, so the next attempt was never made. */
  @Test
  void anEventsIdThatNoHeaderFieldCanHoldDoesNotEndTheListening() throws Exception {
    CountDownLatch listened = new CountDownLatch(2);
    List<String> resumed = Collections.synchronizedList(new ArrayList<>());
    Manner manner =
        exchange -> {
          if (exchange.getRequestMethod().equals("GET")) {
            resumed.add(String.valueOf(exchange.getRequestHeaders().getFirst("Last-Event-ID")));
            try (OutputStream out = events(exchange)) {
              write(out, "id: \u0100\ndata: {\"jsonrpc\":\"2.0\",\"method\":\"x\"}\n\n");
            }
            listened.countDown();
          } else {
            reply(exchange, 202, "", "");
          }
        };
    try (FaultServer server = new FaultServer(manner)) {
      InputStream end =
          new InputStream() {
            @Override
            public int read() {
              await(listened);
              return -1;
            }

            @Override
            public int read(byte[] bytes, int from, int length) {
              return read();
            }
          };
      InputStream in =
          new SequenceInputStream(
              new ByteArrayInputStream((INITIALIZED + "\n").getBytes(StandardCharsets.UTF_8)), end);
      McpProxy.of(governor, "box").stdioToHttp(server.url(), in, new ByteArrayOutputStream());

      assertThat(resumed.subList(0, 2)).containsExactly("null", "null");
    }
  }

  /** The notification is the first that is posted. */
  private boolean isInitialized(com.sun.net.httpserver.HttpExchange exchange) {
    return exchange.getRequestMethod().equals("POST") && posts.getAndIncrement() == 0;
  }

  private final AtomicInteger posts = new AtomicInteger();

  @Test
  void aMessageOfTheStatelessEraSaysInItsHeaderWhatItIs() throws Exception {
    String call =
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"read\",\"_meta\":"
            + "{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\"}}}";
    try (FaultServer server =
        new FaultServer(
            exchange -> json(exchange, "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}"))) {
      carried(server, call);

      assertThat(server.last().fields().getFirst("Mcp-Method")).isEqualTo("tools/call");
      assertThat(server.last().fields().getFirst("Mcp-Name")).isEqualTo("read");
      assertThat(server.last().fields().getFirst("MCP-Protocol-Version")).isEqualTo("2026-07-28");
    }
  }

  @Test
  void aSubscriptionOfTheStatelessEraIsCancelledByClosingItsStream() throws Exception {
    String listen =
        "{\"jsonrpc\":\"2.0\",\"id\":3,\"method\":\"subscriptions/listen\",\"params\":{"
            + Talk.META
            + "}}";
    String cancelled =
        "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":3}}";
    CountDownLatch closed = new CountDownLatch(1);
    CountDownLatch heard = new CountDownLatch(1);
    try (FaultServer server = new FaultServer(exchange -> listened(exchange, closed))) {
      ByteArrayOutputStream out =
          new ByteArrayOutputStream() {
            @Override
            public synchronized void write(byte[] bytes, int from, int length) {
              super.write(bytes, from, length);
              heard.countDown();
            }
          };
      InputStream later =
          new InputStream() {
            private final InputStream rest =
                new ByteArrayInputStream((cancelled + "\n").getBytes(StandardCharsets.UTF_8));

            @Override
            public int read() {
              return -1;
            }

            @Override
            public int read(byte[] bytes, int from, int length) throws java.io.IOException {
              await(heard);
              int read = rest.read(bytes, from, length);
              if (read < 0) {
                await(closed);
              }
              return read;
            }
          };
      InputStream in =
          new SequenceInputStream(
              new ByteArrayInputStream((listen + "\n").getBytes(StandardCharsets.UTF_8)), later);

      McpProxy.of(governor, "box").stdioToHttp(server.url(), in, out);

      assertThat(out.toString(StandardCharsets.UTF_8).lines().toList())
          .hasSize(1)
          .first()
          .asString()
          .contains("acknowledged");
      assertThat(server.asked()).as("only the subscription was posted").hasSize(1);
    }
  }

  /** Speaks until nobody listens. */
  private static void listened(com.sun.net.httpserver.HttpExchange exchange, CountDownLatch closed)
      throws java.io.IOException {
    try (OutputStream out = events(exchange)) {
      write(
          out,
          "data:"
              + " {\"jsonrpc\":\"2.0\",\"method\":\"notifications/subscriptions/acknowledged\"}\n\n");
      while (closed.getCount() > 0) {
        write(out, ":\n\n");
      }
    } catch (java.io.IOException e) {
      closed.countDown();
    }
  }

  /** Answers would be waited for longer than that. */
  @Test
  @Timeout(8)
  void anOpenSubscriptionKeepsNobodyFromEnding() throws Exception {
    String listen =
        "{\"jsonrpc\":\"2.0\",\"id\":3,\"method\":\"subscriptions/listen\",\"params\":{"
            + Talk.META
            + "}}";
    CountDownLatch closed = new CountDownLatch(1);
    try (FaultServer server = new FaultServer(exchange -> listened(exchange, closed))) {
      carried(server, listen);
    }
  }

  private String carried(FaultServer server, String... frames) throws InterruptedException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] in = (String.join("\n", frames) + "\n").getBytes(StandardCharsets.UTF_8);
    McpProxy.of(governor, "box").stdioToHttp(server.url(), new ByteArrayInputStream(in), out);
    return out.toString(StandardCharsets.UTF_8);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
