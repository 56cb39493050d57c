package io.governor.mcp.sdk;

import io.governor.Governor;
import io.governor.Mode;
import io.governor.Rule;
import io.governor.testkit.RecordingTraceSink;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.spec.McpClientTransport;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.ElicitResult;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A client of the Java SDK, governed at its transport, for the client scenarios of the official
 * suite (npm {@code @modelcontextprotocol/conformance}): {@code initialize}, {@code tools_call},
 * {@code elicitation-sep1034-client-defaults} and {@code sse-retry}. The suite names the scenario
 * in {@code MCP_CONFORMANCE_SCENARIO} and appends the server's URL. With {@code --direct} before it
 * the same client runs without us, for comparison. Exits with 0 when the scenario went through.
 *
 * <pre>{@code
 * mvn -q -pl governor-mcp -am test-compile
 * mvn -q -pl governor-mcp dependency:build-classpath -Dmdep.outputFile=target/classpath
 * conformance client --scenario tools_call --command \
 *   "java -cp governor-mcp/target/test-classes:governor-mcp/target/classes:$(cat …) \
 *   io.governor.mcp.sdk.ConformanceClient"
 * }</pre>
 */
public final class ConformanceClient {

  private ConformanceClient() {}

  public static void main(String[] args) {
    String scenario = String.valueOf(System.getenv("MCP_CONFORMANCE_SCENARIO"));
    URI url = URI.create(args[args.length - 1]);
    Rule never = Rule.named("ACME-101").tools("mcp__suite__never").mode(Mode.ENFORCE).deny();
    Rule results = Rule.named("ACME-102").onResult().mode(Mode.OBSERVE).deny();
    try (Governor governor =
        Governor.builder().rules(never, results).trace(new RecordingTraceSink()).build()) {
      McpClientTransport transport =
          HttpClientStreamableHttpTransport.builder(url.resolve("/").toString())
              .endpoint(url.getRawPath().isEmpty() ? "/" : url.getRawPath())
              .jsonMapper(Wire.MAPPER)
              .build();
      run(
          scenario,
          args[0].equals("--direct")
              ? transport
              : GovernedClientTransport.of(governor, "suite", transport));
    }
    // The SDK's schedulers have threads that outlive their clients.
    System.exit(0);
  }

  private static void run(String scenario, McpClientTransport transport) {
    McpSyncClient client =
        McpClient.sync(transport)
            .clientInfo(McpSchema.Implementation.builder("governed-client", "1").build())
            .requestTimeout(Duration.ofSeconds(25))
            .capabilities(McpSchema.ClientCapabilities.builder().elicitation().build())
            .elicitation(form -> new ElicitResult(ElicitResult.Action.ACCEPT, Map.of()))
            .applyElicitationDefaults(true)
            .build();
    client.initialize();
    switch (scenario) {
      case "initialize" -> {}
      case "tools_call" -> call(client, "add_numbers", Map.of("a", 5, "b", 3));
      case "elicitation-sep1034-client-defaults" ->
          call(client, "test_client_elicitation_defaults", Map.of());
      case "sse-retry" -> call(client, "test_reconnection", Map.of());
      default -> throw new IllegalArgumentException("no such scenario here: " + scenario);
    }
    client.closeGracefully();
  }

  private static void call(McpSyncClient client, String tool, Map<String, Object> arguments) {
    List<String> offered = client.listTools().tools().stream().map(McpSchema.Tool::name).toList();
    if (!offered.contains(tool)) {
      throw new IllegalStateException("the server offers " + offered);
    }
    client.callTool(CallToolRequest.builder(tool).arguments(arguments).build());
  }
}
