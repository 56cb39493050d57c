package io.governor.samples.mcp;

import dev.langchain4j.mcp.McpToolProvider;
import dev.langchain4j.mcp.client.DefaultMcpClient;
import dev.langchain4j.mcp.client.transport.stdio.StdioMcpTransport;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.tool.ToolErrorHandlerResult;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * An agent that knows nothing of governors: it reads a client's configuration file, starts the
 * server that stands there, and lets its model use the tools. Whether the server is governed is
 * decided in the file.
 */
public final class McpAgent {

  private McpAgent() {}

  interface Assistant {
    String chat(String message);
  }

  /**
   * @param args the configuration file
   */
  public static void main(String[] args) throws Exception {
    run(ClientConfiguration.read(Path.of(args[0]), "shop").command(), Map.of(), System.out);
    // Threads of the client's own outlive it.
    System.exit(0);
  }

  static void run(List<String> server, Map<String, String> environment, PrintStream out)
      throws Exception {
    try (DefaultMcpClient client =
        DefaultMcpClient.builder()
            .transport(StdioMcpTransport.builder().command(server).environment(environment).build())
            .autoHealthCheck(false)
            .build()) {
      Assistant assistant =
          AiServices.builder(Assistant.class)
              .chatModel(new ScriptedModel(out))
              .toolProvider(McpToolProvider.builder().mcpClients(client).build())
              // What LangChain4j does anyway, without a line in the log for each.
              .toolExecutionErrorHandler(
                  (failure, context) -> ToolErrorHandlerResult.text(failure.getMessage()))
              .build();
      out.println("says     " + assistant.chat("Please refund my order 1042, all 949.90 EUR."));
    }
  }
}
