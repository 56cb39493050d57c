package io.governor.mcp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.governor.Governor;
import io.governor.Mode;
import io.governor.Rule;
import io.governor.testkit.RecordingTraceSink;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A thousand calls under way at once: the server answers none before it has all of them, and then
 * in an order of its own. Each has its own answer.
 */
@Timeout(120)
class ManyCallsTest {

  private static final int CALLS = 1000;
  private static final String CALL =
      "{\"jsonrpc\":\"2.0\",\"id\":%s,\"method\":\"tools/call\",\"params\":{\"name\":\"read\",\"arguments\":{\"n\":%d}}}";
  private static final Pattern ASKED = Pattern.compile("\"id\":(\"?\\d+\"?).*\"n\":(\\d+)");

  /** Numbers and strings by turns, which are ids of their own: there is a 3 and a "3". */
  private static String id(int call) {
    return call % 2 == 0 ? Integer.toString(call / 2) : "\"" + call / 2 + "\"";
  }

  /** What the servers answer to a call. */
  static String answer(String asked) {
    Matcher call = ASKED.matcher(asked);
    if (!call.find()) {
      throw new AssertionError("expected a call");
    }
    return "{\"jsonrpc\":\"2.0\",\"id\":%s,\"result\":{\"content\":[{\"type\":\"text\",\"text\":\"n=%s\"}]}}"
        .formatted(call.group(1), call.group(2));
  }

  private static Governor governor() {
    return Governor.builder()
        .trace(new RecordingTraceSink())
        .rules(
            Rule.named("ACME-101").tools("mcp__box__delete").mode(Mode.ENFORCE).deny(),
            Rule.named("ACME-102").tools("mcp__box__*").onResult().mode(Mode.OBSERVE).deny())
        .build();
  }

  @Test
  void overStandardStreamsEachHasItsOwnAnswer() throws Exception {
    try (StdioWire wire = new StdioWire(FixtureServer.command("gathers", "" + CALLS))) {
      CompletableFuture<List<String>> heard =
          CompletableFuture.supplyAsync(() -> lines(wire), task -> new Thread(task).start());
      for (int i = 0; i < CALLS; i++) {
        wire.say(CALL.formatted(id(i), i));
      }

      List<String> expected = new ArrayList<>();
      for (int i = 0; i < CALLS; i++) {
        expected.add(answer(CALL.formatted(id(i), i)));
      }
      assertThat(heard.get(60, TimeUnit.SECONDS)).containsExactlyInAnyOrderElementsOf(expected);
      wire.end();
      assertThat(wire.rest()).isEmpty();
    }
  }

  private static List<String> lines(StdioWire wire) {
    List<String> lines = new ArrayList<>();
    try {
      while (lines.size() < CALLS) {
        lines.add(wire.answer());
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return lines;
  }

  @Test
  void overHttpEachHasItsOwnAnswer() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try (Governor governor = governor();
        Gathering server = new Gathering();
        McpProxy.Running proxy =
            McpProxy.of(governor, "box")
                .http(server.url(), new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
      URI url = URI.create("http://127.0.0.1:" + proxy.address().getPort() + "/mcp");
      HttpClient client = HttpClient.newBuilder().executor(threads).build();
      List<CompletableFuture<HttpResponse<String>>> calls = new ArrayList<>();
      for (int i = 0; i < CALLS; i++) {
        HttpRequest request =
            HttpRequest.newBuilder(url)
                .header("Content-Type", "application/json")
                .header("Mcp-Session-Id", "one")
                .POST(BodyPublishers.ofString(CALL.formatted(id(i), i)))
                .build();
        calls.add(client.sendAsync(request, BodyHandlers.ofString()));
      }

      for (int i = 0; i < CALLS; i++) {
        assertThat(calls.get(i).get(60, TimeUnit.SECONDS).body())
            .isEqualTo(answer(CALL.formatted(id(i), i)));
      }
    } finally {
      threads.shutdownNow();
    }
  }

  /** A server that holds its callers back without a thread for each. */
  private static final class Gathering implements AutoCloseable {

    private final HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), CALLS);
    private final List<Runnable> answers = new ArrayList<>();

    Gathering() throws IOException {
      server.createContext("/", this::asked);
      server.start();
    }

    URI url() {
      return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/mcp");
    }

    private void asked(HttpExchange exchange) throws IOException {
      byte[] answer =
          answer(new String(exchange.getRequestBody().readAllBytes(), UTF_8)).getBytes(UTF_8);
      answers.add(() -> say(exchange, answer));
      if (answers.size() == CALLS) {
        Collections.shuffle(answers, new Random(CALLS));
        answers.forEach(Runnable::run);
      }
    }

    private static void say(HttpExchange exchange, byte[] answer) {
      try (exchange) {
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, answer.length);
        exchange.getResponseBody().write(answer);
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }

    @Override
    public void close() {
      server.stop(0);
    }
  }
}
