package io.governor.mcp.langchain4j;

import dev.langchain4j.mcp.protocol.McpCancellationNotification;
import dev.langchain4j.mcp.protocol.McpCancellationParams;
import dev.langchain4j.mcp.protocol.McpClientMessage;
import io.governor.mcp.McpConnection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The requests that a person is being asked about, so that they go nowhere once their client has
 * given up. Safe for use by several threads.
 */
final class Undecided {

  private final Map<Long, McpConnection> connections = new ConcurrentHashMap<>();

  void add(Long id, McpConnection connection) {
    connections.put(id, connection);
  }

  void remove(Long id) {
    connections.remove(id);
  }

  /** Whether the message cancels a request of which the server has not heard. */
  boolean cancelled(McpClientMessage message) {
    McpConnection connection =
        message instanceof McpCancellationNotification cancellation
                && cancellation.getParams() instanceof McpCancellationParams params
                && params.getRequestId() != null
            ? connections.remove(params.getRequestId())
            : null;
    if (connection == null) {
      return false;
    }
    connection.fromClient(LangChain4jJson.bytes(message));
    return true;
  }
}
