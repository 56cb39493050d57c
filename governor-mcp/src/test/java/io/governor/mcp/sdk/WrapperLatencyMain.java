package io.governor.mcp.sdk;

import io.governor.Governor;
import io.governor.Mode;
import io.governor.Rule;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.spec.McpSchema;
import java.util.Arrays;

/**
 * What a governed transport adds to the median call of a tool: the same client and server of the
 * SDK within one JVM, with and without it, in turns. No part of a build:
 *
 * <pre>{@code
 * java -cp (test class path) io.governor.mcp.sdk.WrapperLatencyMain
 * }</pre>
 */
final class WrapperLatencyMain {

  private static final int ROUNDS = 10;
  private static final int CALLS = 2000;

  private WrapperLatencyMain() {}

  public static void main(String[] args) {
    Rule arguments =
        Rule.named("ACME-101").tools("mcp__crm__*").mode(Mode.ENFORCE).when(f -> false).deny();
    try (Governor governor = Governor.builder().rules(arguments).trace(event -> {}).build()) {
      McpSyncClient direct = SdkRun.client(served());
      McpSyncClient governed = SdkRun.client(GovernedClientTransport.of(governor, "crm", served()));
      for (int round = 0; round < ROUNDS; round++) {
        long without = median(direct);
        long with = median(governed);
        System.out.printf("%6d us direct %6d us governed%n", without / 1000, with / 1000);
      }
    }
    System.exit(0);
  }

  private static long median(McpSyncClient client) {
    long[] nanos = new long[CALLS];
    for (int i = 0; i < CALLS; i++) {
      long begun = System.nanoTime();
      McpSchema.CallToolResult unused = client.callTool(SdkRun.request("lookup", "order " + i));
      nanos[i] = System.nanoTime() - begun;
    }
    Arrays.sort(nanos);
    return nanos[CALLS / 2];
  }

  private static Wire served() {
    Wire wire = new Wire();
    McpServer.sync(wire.serverEnd())
        .jsonMapper(Wire.MAPPER)
        .capabilities(McpSchema.ServerCapabilities.builder().tools(true).build())
        .toolCall(SdkRun.tool("lookup"), (exchange, request) -> SdkRun.said("found"))
        .build();
    return wire;
  }
}
