package io.governor.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.governor.Governor;
import io.governor.Mode;
import io.governor.Rule;
import io.governor.testkit.RecordingTraceSink;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.client.transport.ServerParameters;
import io.modelcontextprotocol.client.transport.StdioClientTransport;
import io.modelcontextprotocol.json.jackson2.JacksonMcpJsonMapper;
import io.modelcontextprotocol.spec.McpClientTransport;
import io.modelcontextprotocol.spec.McpSchema;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A client and a server of the official Java SDK, with the proxy between them. */
@Timeout(120)
class JavaSdkTest {

  private final JacksonMcpJsonMapper mapper = new JacksonMcpJsonMapper(new ObjectMapper());

  @Test
  void aClientOverStandardStreamsUsesAServerThroughTheProxy() {
    List<String> command = FixtureServer.java("-Xmx96m");
    command.add(StdioProxyTest.ProxyMain.class.getName());
    command.addAll(server());
    ServerParameters parameters =
        ServerParameters.builder(command.get(0)).args(command.subList(1, command.size())).build();

    try (McpSyncClient client = client(new StdioClientTransport(parameters, mapper))) {
      exercise(client);
    }
  }

  @Test
  void aClientOverHttpUsesAServerOnStandardStreams() throws Exception {
    Rule deny = Rule.named("ACME-101").tools("mcp__box__delete").mode(Mode.ENFORCE).deny();
    try (Governor governor =
            Governor.builder().trace(new RecordingTraceSink()).rules(deny).build();
        McpProxy.Running proxy =
            McpProxy.of(governor, "box")
                .httpToStdio(
                    server(),
                    FixtureServer.environment(),
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                    new ByteArrayOutputStream());
        McpSyncClient client =
            client(
                HttpClientStreamableHttpTransport.builder(
                        "http://127.0.0.1:" + proxy.address().getPort())
                    .jsonMapper(mapper)
                    .build())) {
      exercise(client);
    }
  }

  /** The SDK writes standard streams in the charset of the system, whatever that can write. */
  private static final String TEXT =
      Charset.defaultCharset().newEncoder().canEncode("ünïcode") ? "ünïcode" : "unicode";

  private static void exercise(McpSyncClient client) {
    client.initialize();

    assertThat(client.getServerInfo().name()).isEqualTo("box");
    assertThat(client.listTools().tools()).hasSize(2);
    client.ping();
    assertThat(text(call(client, "echo"))).isEqualTo("echo " + TEXT);

    McpSchema.CallToolResult denied = call(client, "delete");
    assertThat(denied.isError()).isTrue();
    assertThat(text(denied)).contains("ACME-101");

    assertThat(text(call(client, "echo"))).as("after a refusal").isEqualTo("echo " + TEXT);
    assertThatThrownBy(
            () -> client.readResource(McpSchema.ReadResourceRequest.builder("x:/y").build()))
        .isInstanceOf(RuntimeException.class);
  }

  private static McpSchema.CallToolResult call(McpSyncClient client, String tool) {
    return client.callTool(
        McpSchema.CallToolRequest.builder(tool).arguments(Map.of("text", TEXT)).build());
  }

  private static String text(McpSchema.CallToolResult result) {
    return ((McpSchema.TextContent) result.content().get(0)).text();
  }

  private static McpSyncClient client(McpClientTransport transport) {
    return McpClient.sync(transport)
        .requestTimeout(Duration.ofSeconds(30))
        .initializationTimeout(Duration.ofSeconds(30))
        .build();
  }

  private static List<String> server() {
    List<String> command = new ArrayList<>(FixtureServer.java("-Xmx96m"));
    command.add(JavaSdkServer.class.getName());
    return command;
  }
}
