package io.governor.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import io.governor.Approval;
import io.governor.Approver;
import io.governor.Governor;
import io.governor.Mode;
import io.governor.Rule;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.client.transport.ServerParameters;
import io.modelcontextprotocol.client.transport.StdioClientTransport;
import io.modelcontextprotocol.json.jackson2.JacksonMcpJsonMapper;
import io.modelcontextprotocol.spec.McpClientTransport;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.ElicitFormRequest;
import io.modelcontextprotocol.spec.McpSchema.ElicitResult;
import io.modelcontextprotocol.spec.McpSchema.ElicitResult.Action;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A client of the official Java SDK is asked about its calls, over every pair of transports. */
@Timeout(120)
class ElicitationTest {

  private static final Rule ASK =
      Rule.named("ACME-105")
          .tools("mcp__box__delete")
          .reason("Deleting needs a person.")
          .mode(Mode.ENFORCE)
          .ask();

  private static final ElicitResult APPROVED =
      new ElicitResult(Action.ACCEPT, Map.of("decision", "approve"));

  private final JacksonMcpJsonMapper mapper = new JacksonMcpJsonMapper(new ObjectMapper());
  private final List<ElicitFormRequest> asked = new CopyOnWriteArrayList<>();
  private volatile Function<ElicitFormRequest, ElicitResult> user = request -> APPROVED;

  @TempDir Path root;

  enum Wires {
    STDIO_STDIO,
    STDIO_HTTP,
    HTTP_STDIO,
    HTTP_HTTP
  }

  @ParameterizedTest
  @EnumSource
  void onlyAYesOfTheClientsUserLetsTheCallRun(Wires wires) throws Exception {
    try (FaultServer http = new FaultServer(ElicitationTest::box);
        Proxy proxy = proxy(wires, http);
        McpSyncClient client = asking(proxy.transport())) {
      client.initialize();
      assertThat(text(call(client, "echo"))).contains("echo");
      assertThat(asked).isEmpty();

      assertThat(text(call(client, "delete"))).contains("deleted");

      for (ElicitResult no : noes()) {
        user = request -> no;
        McpSchema.CallToolResult refused = call(client, "delete");
        assertThat(refused.isError()).isTrue();
        assertThat(text(refused)).contains("ACME-105").contains("a person said no");
      }
      assertThat(http.asked()).noneMatch(each -> each.body().contains("decision"));
      assertThat(http.asked().stream().filter(each -> each.body().contains("delete")).count())
          .isLessThanOrEqualTo(1);
    }
    assertThat(asked).hasSize(1 + noes().size());
    assertThat(asked.get(0).message())
        .isEqualTo(
            "Governor asks whether this call may run: mcp__box__delete by agent."
                + " Rule ACME-105: Deleting needs a person.");
    assertThat(traces())
        .contains("\"asked\": {\"by\": \"client\", \"allowed\": true}")
        .contains("\"asked\": {\"by\": \"client\", \"allowed\": false}")
        .doesNotContain("canary");
  }

  private static List<ElicitResult> noes() {
    return List.of(
        new ElicitResult(Action.DECLINE, null),
        new ElicitResult(Action.CANCEL, null),
        new ElicitResult(Action.ACCEPT, null),
        new ElicitResult(Action.ACCEPT, Map.of("decision", "deny")),
        new ElicitResult(Action.ACCEPT, Map.of("decision", true)));
  }

  @ParameterizedTest
  @EnumSource
  void otherCallsGoOnWhileTheUserThinks(Wires wires) throws Exception {
    CompletableFuture<ElicitResult> thought = new CompletableFuture<>();
    CompletableFuture<Void> shown = new CompletableFuture<>();
    user =
        request -> {
          shown.complete(null);
          return thought.join();
        };
    try (FaultServer http = new FaultServer(ElicitationTest::box);
        Proxy proxy = proxy(wires, http);
        McpSyncClient client = asking(proxy.transport())) {
      client.initialize();
      CompletableFuture<McpSchema.CallToolResult> deleted =
          CompletableFuture.supplyAsync(
              () -> call(client, "delete"), task -> new Thread(task).start());
      shown.join();

      assertThat(text(call(client, "echo"))).contains("echo");
      assertThat(deleted).isNotDone();
      thought.complete(APPROVED);

      assertThat(text(deleted.join())).contains("deleted");
    }
  }

  @Test
  void aClientThatCannotAskLeavesItToTheApprover() throws Exception {
    try (Proxy proxy = proxy(Wires.HTTP_STDIO, null);
        McpSyncClient client =
            McpClient.sync(proxy.transport()).requestTimeout(Duration.ofSeconds(60)).build()) {
      client.initialize();

      assertThat(call(client, "delete").isError()).isTrue();
    }
    assertThat(traces()).contains("\"asked\": {\"by\": \"approver\", \"allowed\": false}");
  }

  /** Who is asked where the client cannot be says no. */
  private static final Approver APPROVER =
      request -> CompletableFuture.completedFuture(new Approval(false, request.digest()));

  private static Governor governor(Path root) {
    return Governor.builder()
        .stateRoot(root)
        .rules(ASK)
        .approver(APPROVER, Duration.ofMinutes(5))
        .build();
  }

  /** The proxy as a program: the folder for traces, and a URL or the command of a server. */
  static final class ProxyMain {

    private ProxyMain() {}

    public static void main(String[] args) throws Exception {
      List<String> server = List.of(args).subList(1, args.length);
      try (Governor governor = governor(Path.of(args[0]))) {
        McpProxy proxy = McpProxy.of(governor, "box").askingClients();
        if (server.get(0).startsWith("http:")) {
          proxy.stdioToHttp(URI.create(server.get(0)), System.in, System.out);
        } else {
          proxy.stdio(server, FixtureServer.environment(), System.in, System.out, System.err);
        }
      }
    }
  }

  private record Proxy(McpClientTransport transport, Runnable end) implements AutoCloseable {
    @Override
    public void close() {
      end.run();
    }
  }

  private Proxy proxy(Wires wires, FaultServer http) throws IOException {
    return switch (wires) {
      case STDIO_STDIO -> overStdio(server());
      case STDIO_HTTP -> overStdio(List.of(http.url().toString()));
      case HTTP_STDIO -> overHttp(null);
      case HTTP_HTTP -> overHttp(http.url());
    };
  }

  private Proxy overStdio(List<String> server) {
    List<String> command = FixtureServer.java("-Xmx96m");
    command.add(ProxyMain.class.getName());
    command.add(root.toString());
    command.addAll(server);
    ServerParameters parameters =
        ServerParameters.builder(command.get(0)).args(command.subList(1, command.size())).build();
    return new Proxy(new StdioClientTransport(parameters, mapper), () -> {});
  }

  private Proxy overHttp(URI url) throws IOException {
    Governor governor = governor(root);
    McpProxy proxy = McpProxy.of(governor, "box").askingClients();
    InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    McpProxy.Running running =
        url == null
            ? proxy.httpToStdio(
                server(), FixtureServer.environment(), any, new ByteArrayOutputStream())
            : proxy.http(url, any);
    McpClientTransport transport =
        HttpClientStreamableHttpTransport.builder("http://127.0.0.1:" + running.address().getPort())
            .jsonMapper(mapper)
            .build();
    return new Proxy(
        transport,
        () -> {
          running.close();
          governor.close();
        });
  }

  private McpSyncClient asking(McpClientTransport transport) {
    return McpClient.sync(transport)
        .requestTimeout(Duration.ofSeconds(60))
        .initializationTimeout(Duration.ofSeconds(60))
        .capabilities(McpSchema.ClientCapabilities.builder().elicitation().build())
        .elicitation(
            request -> {
              asked.add(request);
              return user.apply(request);
            })
        .build();
  }

  private static List<String> server() {
    List<String> command = new ArrayList<>(FixtureServer.java("-Xmx96m"));
    command.add(JavaSdkServer.class.getName());
    return command;
  }

  /** A server that speaks HTTP, with the two tools. */
  private static void box(HttpExchange exchange, String body) throws IOException {
    exchange.getResponseHeaders().set("Mcp-Session-Id", "s-1");
    if (!exchange.getRequestMethod().equals("POST") || !body.contains("\"id\"")) {
      FaultServer.reply(exchange, exchange.getRequestMethod().equals("GET") ? 405 : 202, "", "");
      return;
    }
    int at = body.indexOf("\"id\":") + 5;
    String id = body.substring(at, body.indexOf(body.charAt(at) == '"' ? "\"" : ",", at + 1));
    String result =
        body.contains("\"initialize\"")
            ? "{\"protocolVersion\":\"2025-06-18\",\"capabilities\":{\"tools\":{}},"
                + "\"serverInfo\":{\"name\":\"box\",\"version\":\"1\"}}"
            : "{\"content\":[{\"type\":\"text\",\"text\":\""
                + (body.contains("\"delete\"") ? "deleted" : "echo")
                + "\"}]}";
    FaultServer.json(
        exchange,
        "{\"jsonrpc\":\"2.0\",\"id\":"
            + id
            + (id.startsWith("\"") ? "\"" : "")
            + ",\"result\":"
            + result
            + "}");
  }

  private static McpSchema.CallToolResult call(McpSyncClient client, String tool) {
    return client.callTool(
        McpSchema.CallToolRequest.builder(tool).arguments(Map.of("text", "canary")).build());
  }

  private static String text(McpSchema.CallToolResult result) {
    return ((McpSchema.TextContent) result.content().get(0)).text();
  }

  private String traces() throws IOException {
    StringBuilder all = new StringBuilder();
    try (Stream<Path> files = Files.walk(root.resolve("traces"))) {
      for (Path file : files.filter(each -> each.toString().endsWith(".jsonl")).toList()) {
        all.append(Files.readString(file, StandardCharsets.UTF_8));
      }
    }
    return all.toString();
  }
}
