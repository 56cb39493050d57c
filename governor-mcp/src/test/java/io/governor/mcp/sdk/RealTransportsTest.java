package io.governor.mcp.sdk;

import static io.governor.testkit.GovernorAssertions.assertThatTrace;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.governor.Governor;
import io.governor.Mode;
import io.governor.Rule;
import io.governor.mcp.JavaSdkServer;
import io.governor.mcp.McpProxy;
import io.governor.testkit.RecordingTraceSink;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.client.transport.ServerParameters;
import io.modelcontextprotocol.client.transport.StdioClientTransport;
import io.modelcontextprotocol.spec.McpClientTransport;
import io.modelcontextprotocol.spec.McpSchema.ReadResourceRequest;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The SDK's own transports, governed, before a server that is a process. */
@Timeout(120)
class RealTransportsTest {

  private final RecordingTraceSink trace = new RecordingTraceSink();

  private static final List<String> SERVER =
      List.of(
          Path.of(System.getProperty("java.home"), "bin", "java").toString(),
          "-Xshare:auto",
          "-XX:TieredStopAtLevel=1",
          "-XX:+UseSerialGC",
          "-Xmx96m",
          "-cp",
          System.getProperty("java.class.path"),
          JavaSdkServer.class.getName());

  @Test
  void overStandardStreams() {
    ServerParameters parameters =
        ServerParameters.builder(SERVER.get(0)).args(SERVER.subList(1, SERVER.size())).build();

    exercise(new StdioClientTransport(parameters, Wire.MAPPER));
  }

  @Test
  void overHttp() throws Exception {
    try (Governor nothing = Governor.builder().trace(new RecordingTraceSink()).build();
        McpProxy.Running http =
            McpProxy.of(nothing, "front")
                .httpToStdio(
                    SERVER,
                    Map.of("PATH", System.getenv("PATH")),
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                    new ByteArrayOutputStream())) {
      exercise(
          HttpClientStreamableHttpTransport.builder("http://127.0.0.1:" + http.address().getPort())
              .jsonMapper(Wire.MAPPER)
              .build());
    }
  }

  private void exercise(McpClientTransport transport) {
    Rule deny = Rule.named("ACME-101").tools("mcp__box__delete").mode(Mode.ENFORCE).deny();
    try (Governor governor = Governor.builder().trace(trace).rules(deny).build()) {
      try (McpSyncClient client =
          SdkRun.client(GovernedClientTransport.of(governor, "box", transport))) {
        assertThat(client.getServerInfo().name()).isEqualTo("box");
        assertThat(client.listTools().tools()).hasSize(2);
        client.ping();
        assertThat(SdkRun.text(client.callTool(SdkRun.request("echo", "a")))).isEqualTo("echo a");
        assertThat(SdkRun.text(client.callTool(SdkRun.request("delete", "b"))))
            .contains("ACME-101");
        assertThat(SdkRun.text(client.callTool(SdkRun.request("echo", "c")))).isEqualTo("echo c");
        assertThatThrownBy(() -> client.readResource(ReadResourceRequest.builder("x:/y").build()))
            .isInstanceOf(RuntimeException.class);
      }
      assertThat(trace.closedSessions()).hasSize(1);
    }
    assertThat(trace.sessions()).hasSize(1);
    assertThatTrace(trace.events()).isUnbroken();
  }
}
