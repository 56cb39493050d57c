package io.governor.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.ServerParameters;
import io.modelcontextprotocol.client.transport.StdioClientTransport;
import io.modelcontextprotocol.json.jackson2.JacksonMcpJsonMapper;
import io.modelcontextprotocol.spec.McpSchema;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class AgentServerTest {

  /** Says what it is told; fails, refuses and floods on demand. */
  private static final class Echo implements AgentTool {
    @Override
    public String name() {
      return "echo";
    }

    @Override
    public String description() {
      return "Says what it is told.";
    }

    @Override
    public Map<String, ?> inputSchema() {
      return Map.of("type", "object", "properties", Map.of("text", Map.of("type", "string")));
    }

    @Override
    public boolean readOnly() {
      return true;
    }

    @Override
    public String call(Map<String, @Nullable Object> arguments) throws Refusal {
      String text = String.valueOf(arguments.get("text"));
      return switch (text) {
        case "refuse" -> throw new Refusal("text: expected another one");
        case "fail" -> throw new IllegalStateException("a secret of ours");
        case "flood" -> "x".repeat(AgentServer.LONGEST + 1);
        default -> text;
      };
    }
  }

  /** The server as a process of its own. */
  static final class Main {
    private Main() {}

    public static void main(String[] args) throws IOException {
      server().serve(System.in, System.out);
    }
  }

  private static AgentServer server() {
    return new AgentServer("echoes", "1", List.of(new Echo()));
  }

  @Test
  @Timeout(120)
  void theOfficialJavaClientFindsItsWay() {
    ServerParameters parameters =
        ServerParameters.builder(Path.of(System.getProperty("java.home"), "bin", "java").toString())
            .args(
                "-Xmx96m",
                "-cp",
                System.getProperty("java.class.path"),
                "io.governor.mcp.AgentServerTest$Main")
            .build();
    JacksonMcpJsonMapper mapper = new JacksonMcpJsonMapper(new ObjectMapper());
    try (McpSyncClient client =
        McpClient.sync(new StdioClientTransport(parameters, mapper))
            .requestTimeout(Duration.ofSeconds(60))
            .initializationTimeout(Duration.ofSeconds(60))
            .build()) {
      client.initialize();

      assertThat(client.getServerInfo().name()).isEqualTo("echoes");
      assertThat(client.listTools().tools()).extracting(McpSchema.Tool::name).contains("echo");
      client.ping();
      McpSchema.CallToolResult result =
          client.callTool(
              McpSchema.CallToolRequest.builder("echo").arguments(Map.of("text", "ü")).build());
      assertThat(((McpSchema.TextContent) result.content().get(0)).text()).isEqualTo("ü");
      assertThat(result.isError()).isFalse();
    }
  }

  @Test
  void whatIsReturnedIsRedactedAndBounded() throws IOException {
    assertThat(call("write to someone@example.com")).contains("[REDACTED:email_address]");
    assertThat(call("flood")).contains("\"isError\":true").hasSizeLessThan(500);
  }

  @Test
  void aToolThatRefusesOrFailsIsAnAnswer() throws IOException {
    assertThat(call("refuse")).contains("\"isError\":true").contains("expected another one");
    assertThat(call("fail")).contains("\"isError\":true").doesNotContain("secret");
  }

  @Test
  void aBatchIsAnsweredTogetherAndALineTooLongIsRefused() throws IOException {
    assertThat(served("[{\"id\":1,\"method\":\"ping\"},{\"id\":\"1\",\"method\":\"ping\"}]"))
        .isEqualTo(
            "[{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}},"
                + "{\"jsonrpc\":\"2.0\",\"id\":\"1\",\"result\":{}}]\n");
    assertThat(served("\"" + "x".repeat(1 << 20) + "\"\n{\"id\":2,\"method\":\"ping\"}"))
        .contains("\"code\":-32700")
        .endsWith("\"id\":2,\"result\":{}}\n");
  }

  private static String call(String text) throws IOException {
    return served(
        "{\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"echo\",\"arguments\":{\"text\":\""
            + text
            + "\"}}}");
  }

  private static String served(String lines) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    server().serve(new ByteArrayInputStream(lines.getBytes(StandardCharsets.UTF_8)), out);
    return out.toString(StandardCharsets.UTF_8);
  }
}
