package io.governor.mcp.sdk;

import io.modelcontextprotocol.spec.McpSchema.JSONRPCMessage;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCRequest;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Until when somebody waits for the answer to a message.
 *
 * @param end in nanoseconds of the system's timer; null when nobody knows, or nobody waits
 */
record Patience(@Nullable Long end) {

  static Patience of(@Nullable Duration timeout, JSONRPCMessage message) {
    return timeout != null && message instanceof JSONRPCRequest
        ? new Patience(System.nanoTime() + timeout.toNanos())
        : new Patience(null);
  }

  boolean isOver() {
    return end != null && System.nanoTime() - end >= 0;
  }
}
