package io.governor.mcp.langchain4j;

import com.fasterxml.jackson.databind.JsonNode;
import dev.langchain4j.mcp.client.McpCallContext;
import dev.langchain4j.mcp.client.transport.McpOperationHandler;
import dev.langchain4j.mcp.client.transport.McpTransport;
import dev.langchain4j.mcp.protocol.McpClientMessage;
import dev.langchain4j.mcp.protocol.McpInitializeRequest;
import io.governor.Governor;
import io.governor.mcp.McpConnection;
import io.governor.mcp.McpProxy;
import io.governor.mcp.OpenConnection;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;

/**
 * Puts a governor between LangChain4j's MCP client and its server, whatever the transport: give it
 * to the client in the place of the transport it wraps.
 *
 * <pre>{@code
 * McpClient client =
 *     DefaultMcpClient.builder()
 *         .transport(GovernedMcpTransport.of(governor, "files", transport))
 *         .build();
 * }</pre>
 *
 * <p>Calls of tools, reading of resources and prompts are judged, and the list of tools is. A call
 * that is refused never reaches the transport. The client learns of it as of any tool's error: with
 * LangChain4j's {@code ToolExecutionException}, whose message names rule and reason. Resources and
 * prompts that are refused are {@code McpException}s. What no rule touches is handed on as the very
 * object it came as.
 *
 * <p>From its start until it is closed a transport is one session, also when it is started again to
 * connect anew. Where a rule asks a person, the thread that calls the client waits as it does for
 * the server; when the client's own time-out ends that, the call is not sent any more.
 *
 * <p>As safe for use by several threads as the transport it wraps. For AI services {@code
 * GovernedTools} of governor-langchain4j sees more, such as whose call it is; govern a call in one
 * place.
 */
public final class GovernedMcpTransport implements McpTransport {

  private final McpTransport transport;
  private final Undecided undecided = new Undecided();
  private final OpenConnection connection;

  private GovernedMcpTransport(McpProxy proxy, McpTransport transport) {
    this.connection = new OpenConnection(proxy);
    this.transport = transport;
  }

  /**
   * A governed transport.
   *
   * @param server the name that rules know the server by, as in {@code mcp__SERVER__TOOL}: letters,
   *     digits, {@code _} and {@code -}
   * @throws IllegalArgumentException if the name is another one
   */
  public static GovernedMcpTransport of(Governor governor, String server, McpTransport transport) {
    return of(McpProxy.of(governor, server), transport);
  }

  /** As {@link #of(Governor, String, McpTransport)}, with pins or errors as the proxy has. */
  public static GovernedMcpTransport of(McpProxy proxy, McpTransport transport) {
    return new GovernedMcpTransport(proxy, transport);
  }

  @Override
  public void start(McpOperationHandler messageHandler) {
    connection.begin();
    transport.start(messageHandler);
  }

  @Override
  public CompletableFuture<JsonNode> initialize(McpInitializeRequest request) {
    return transport.initialize(request);
  }

  @Override
  public CompletableFuture<JsonNode> executeOperationWithResponse(McpClientMessage message) {
    return request(message).send(transport::executeOperationWithResponse);
  }

  @Override
  public CompletableFuture<JsonNode> executeOperationWithResponse(McpCallContext context) {
    return request(context.message())
        .send(
            message ->
                transport.executeOperationWithResponse(
                    new McpCallContext(context.invocationContext(), message)));
  }

  private SentRequest request(McpClientMessage message) {
    McpConnection open = connection.get();
    return new SentRequest(open.beside(), message, undecided, () -> connection.current() == open);
  }

  @Override
  public void executeOperationWithoutResponse(McpClientMessage message) {
    if (!undecided.cancelled(message)) {
      transport.executeOperationWithoutResponse(message);
    }
  }

  @Override
  public void executeOperationWithoutResponse(McpCallContext context) {
    if (!undecided.cancelled(context.message())) {
      transport.executeOperationWithoutResponse(context);
    }
  }

  @Override
  public void checkHealth() {
    transport.checkHealth();
  }

  @Override
  public void onFailure(Runnable actionOnFailure) {
    transport.onFailure(actionOnFailure);
  }

  @Override
  public void close() throws IOException {
    try {
      transport.close();
    } finally {
      connection.close();
    }
  }
}
