package io.governor.mcp;

import static io.governor.mcp.FaultServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.Headers;
import io.governor.Governor;
import io.governor.Mode;
import io.governor.Rule;
import io.governor.ToolArguments;
import io.governor.testkit.RecordingTraceSink;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** 2026-07-28: header fields that repeat what a message says. */
@Timeout(60)
class MirroredFieldsTest {

  private static final String CALL =
      "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"tools/call\",\"params\":{\"name\":\"query\","
          + "\"arguments\":{\"region\":\"%s\",\"deep\":{\"n\":42.0,\"on\":true,\"none\":null}},"
          + Talk.META
          + "}}";
  private static final String LIST =
      "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\",\"params\":{" + Talk.META + "}}";
  private static final String TOOLS =
      "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"resultType\":\"complete\",\"ttlMs\":1,\"cacheScope\":\"private\","
          + "\"tools\":[{\"name\":\"query\",\"inputSchema\":{\"type\":\"object\",\"properties\":"
          + "{\"region\":{\"type\":\"string\",\"x-mcp-header\":\"Region\"},\"deep\":{\"type\":\"object\","
          + "\"properties\":{\"n\":{\"type\":\"integer\",\"x-mcp-header\":\"N\"},\"on\":{\"x-mcp-header\":\"On\"},"
          + "\"none\":{\"x-mcp-header\":\"None\"}}},\"list\":{\"items\":{\"properties\":{\"a\":{\"x-mcp-header\":\"A\"}}}},\"bad\":{\"x-mcp-header\":\"a"
          + " b\"}}}}]}}";
  private static final String DONE = "{\"jsonrpc\":\"2.0\",\"id\":7,\"result\":{\"content\":[]}}";

  private static final Rule REDACT =
      Rule.named("ACME-101")
          .tools("mcp__box__query")
          .when(facts -> facts.text("/region").startsWith("secret"))
          .mode(Mode.ENFORCE)
          .redactArguments(
              given -> ToolArguments.ofJson(given.json().replace("secret-1", "[redacted]")));

  private final Governor governor =
      Governor.builder().trace(new RecordingTraceSink()).rules(REDACT).build();
  private final HttpClient client = HttpClient.newHttpClient();

  @ParameterizedTest
  @CsvSource({
    "us-west1, us-west1",
    "two words, two words",
    "'Hello, 世界', '=?base64?SGVsbG8sIOS4lueVjA==?='",
    "' padded ', '=?base64?IHBhZGRlZCA=?='",
    "'=?base64?literal?=', '=?base64?PT9iYXNlNjQ/bGl0ZXJhbD89?='",
    "'', '=?base64??='",
  })
  void valuesAreWrittenAsTheSpecificationHasIt(String value, String field) {
    assertThat(MirroredFields.encoded(value)).isEqualTo(field);
    assertThat(MirroredFields.decoded(field)).isEqualTo(value);
  }

  @ParameterizedTest
  @CsvSource({
    "Mcp-Method, tools/call, true",
    "Mcp-Method, tools/list, false",
    "Mcp-Name, query, true",
    "Mcp-Name, =?base64?cXVlcnk=?=, true",
    "Mcp-Name, =?base64?%%?=, false",
    "Mcp-Name, other, false",
    "MCP-Protocol-Version, 2025-11-25, false",
    "Mcp-Param-Region, eu, true",
    "mcp-param-region, us, false",
    "Mcp-Param-N, 42, true",
    "Mcp-Param-N, 42.00, true",
    "Mcp-Param-N, 43, false",
    "Mcp-Param-On, true, true",
    "Mcp-Param-None, '', false",
    "Mcp-Param-Unknown, x, true",
  })
  void aFieldThatSaysSomethingElseIsRefusedAsTheProtocolHasIt(
      String name, String value, boolean same) throws Exception {
    try (FaultServer server = server();
        McpProxy.Running proxy = proxy(server)) {
      post(proxy, LIST, "Mcp-Method", "tools/list");
      HttpResponse<String> answer = post(proxy, CALL.formatted("eu"), name, value);

      assertThat(answer.statusCode()).isEqualTo(same ? 200 : 400);
      assertThat(server.asked()).hasSize(same ? 2 : 1);
      if (!same) {
        assertThat(answer.body())
            .startsWith("{\"jsonrpc\":\"2.0\",\"id\":7,\"error\":{\"code\":-32020")
            .containsIgnoringCase(name);
      }
    }
  }

  @Test
  void messagesOfTheEarlierEraAreNotHeldAgainstTheirHeader() throws Exception {
    try (FaultServer server = server();
        McpProxy.Running proxy = proxy(server)) {
      String call = CALL.formatted("eu").replace("io.modelcontextprotocol/", "x/");

      assertThat(post(proxy, call, "Mcp-Name", "other").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void whatARuleTakesOutOfAMessageDoesNotGoOnInItsHeader() throws Exception {
    try (FaultServer server = server();
        McpProxy.Running proxy = proxy(server)) {
      post(proxy, LIST, "Mcp-Method", "tools/list");
      post(
          proxy,
          CALL.formatted("secret-1"),
          "Mcp-Name",
          "query",
          "Mcp-Param-Region",
          "secret-1",
          "Mcp-Param-N",
          "42",
          "Mcp-Param-Unknown",
          "secret-1",
          "Mcp-Param-Other",
          "true",
          "X-Mine",
          "1");

      Headers fields = server.last().fields();
      assertThat(server.last().body()).contains("[redacted]").doesNotContain("secret-1");
      assertThat(fields.toString()).doesNotContain("secret-1");
      assertThat(fields.get("Mcp-Param-Region")).containsExactly("[redacted]");
      assertThat(fields.get("Mcp-Param-N")).containsExactly("42");
      assertThat(fields.get("Mcp-Param-Other")).containsExactly("true");
      assertThat(fields.get("Mcp-Name")).containsExactly("query");
      assertThat(fields.get("X-Mine")).containsExactly("1");
    }
  }

  @Test
  void whereTheToolWasNeverListedAFieldSaysWhatItsValueBecame() throws Exception {
    try (FaultServer server = server();
        McpProxy.Running proxy = proxy(server)) {
      post(proxy, CALL.formatted("secret-1"), "Mcp-Param-Region", "secret-1");

      assertThat(server.last().fields().get("Mcp-Param-Region")).containsExactly("[redacted]");
    }
  }

  @Test
  void aClientOnStandardStreamsHasItsFieldsWrittenForIt() throws Exception {
    try (FaultServer server = server()) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      String get =
          "{\"jsonrpc\":\"2.0\",\"id\":9,\"method\":\"tasks/get\",\"params\":{\"taskId\":\"t é\","
              + Talk.META
              + "}}";
      carry(server, out, LIST);
      assertThat(out.toString(StandardCharsets.UTF_8)).contains("x-mcp-header");
      carry(server, out, LIST + "\n" + CALL.formatted("secret-1"));

      Headers fields =
          server.asked().stream()
              .filter(a -> a.body().contains("tools/call"))
              .findFirst()
              .orElseThrow()
              .fields();
      assertThat(fields.getFirst("Mcp-Method")).isEqualTo("tools/call");
      assertThat(fields.getFirst("Mcp-Name")).isEqualTo("query");
      carry(server, out, get);
      assertThat(server.last().fields().getFirst("Mcp-Name")).isEqualTo("=?base64?dCDDqQ==?=");
    }
  }

  @Test
  void markedArgumentsAreReadFromPropertiesOfPropertiesAlone() throws Exception {
    Object tool = ((List<?>) Talk.result(TOOLS).get("tools")).get(0);
    assertThat(MarkedArguments.of(((java.util.Map<?, ?>) tool).get("inputSchema")))
        .containsOnlyKeys("Region", "N", "On", "None")
        .containsEntry("N", List.of("deep", "n"));
  }

  private void carry(FaultServer server, ByteArrayOutputStream out, String frames)
      throws InterruptedException {
    byte[] in = (frames + "\n").getBytes(StandardCharsets.UTF_8);
    McpProxy.of(governor, "box").stdioToHttp(server.url(), new ByteArrayInputStream(in), out);
  }

  private static FaultServer server() throws Exception {
    return new FaultServer(
        (exchange, body) -> json(exchange, body.contains("tools/list") ? TOOLS : DONE));
  }

  private McpProxy.Running proxy(FaultServer server) throws Exception {
    return McpProxy.of(governor, "box")
        .http(server.url(), new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  }

  private HttpResponse<String> post(McpProxy.Running proxy, String body, String... fields)
      throws Exception {
    URI url = URI.create("http://127.0.0.1:" + proxy.address().getPort() + "/mcp");
    return client.send(
        HttpRequest.newBuilder(url).POST(BodyPublishers.ofString(body)).headers(fields).build(),
        BodyHandlers.ofString());
  }
}
