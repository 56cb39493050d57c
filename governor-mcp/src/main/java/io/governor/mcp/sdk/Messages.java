package io.governor.mcp.sdk;

import io.governor.json.JsonProblem;
import io.modelcontextprotocol.json.TypeRef;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCMessage;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCNotification;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCRequest;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse;
import io.modelcontextprotocol.spec.McpTransport;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The SDK's messages as they stand on the wire, and back. Turns them into trees with the very
 * mapper that the transport writes them with, so that what is judged is what is sent.
 */
final class Messages {

  private static final Logger LOG = LoggerFactory.getLogger(GovernedClientTransport.class);

  private static final TypeRef<Map<String, Object>> TREE = new TypeRef<>() {};

  private final McpTransport transport;

  Messages(McpTransport transport) {
    this.transport = transport;
  }

  /** The message in UTF-8; null when it cannot be written. */
  byte @Nullable [] frame(JSONRPCMessage message) {
    try {
      return WireTree.bytes(transport.unmarshalFrom(message, TREE));
    } catch (RuntimeException | StackOverflowError failure) {
      LOG.warn("a message could not be read: {}", failure.getClass().getName());
      return null;
    }
  }

  /** What is said in the place of a message that cannot be written; null where nobody waits. */
  static @Nullable JSONRPCMessage unreadable(JSONRPCMessage message) {
    Object id = id(message);
    return id == null
        ? null
        : JSONRPCResponse.error(
            id,
            new JSONRPCResponse.JSONRPCError(
                McpSchema.ErrorCodes.INVALID_REQUEST,
                "The message could not be judged: expected what can be written as JSON"));
  }

  private static @Nullable Object id(JSONRPCMessage message) {
    if (message instanceof JSONRPCRequest request) {
      return request.id();
    }
    return message instanceof JSONRPCResponse response ? response.id() : null;
  }

  /** What a message has become: itself, or one of the same types and with the same id. */
  @Nullable JSONRPCMessage onward(JSONRPCMessage message, byte[] frame, byte[] onward) {
    if (Arrays.equals(frame, onward)) {
      return message;
    }
    JSONRPCMessage changed = read(onward, id(message));
    return message instanceof JSONRPCRequest before
            && changed instanceof JSONRPCRequest after
            && before.params() != null
        ? new JSONRPCRequest(before.method(), before.id(), like(before.params(), after.params()))
        : changed;
  }

  /** HTTP transports read the tool's name for a header from the type, not from a map. */
  private Object like(Object before, Object after) {
    return before instanceof Map ? after : transport.unmarshalFrom(after, type(before.getClass()));
  }

  private static TypeRef<Object> type(Class<?> type) {
    return new TypeRef<>() {
      @Override
      public Type getType() {
        return type;
      }
    };
  }

  /** The answer that a message gets from us, with the very id it has. */
  static @Nullable JSONRPCMessage answer(JSONRPCMessage message, byte[] answer) {
    return read(answer, id(message));
  }

  private static @Nullable JSONRPCMessage read(byte[] frame, @Nullable Object id) {
    try {
      return of(WireTree.members(frame), id);
    } catch (JsonProblem problem) {
      return null;
    }
  }

  private static @Nullable JSONRPCMessage of(Map<?, ?> members, @Nullable Object id) {
    if (members.get("method") instanceof String method) {
      Object params = members.get("params");
      return id == null
          ? new JSONRPCNotification(method, params)
          : new JSONRPCRequest(method, id, params);
    }
    if (members.get("error") instanceof Map<?, ?> error) {
      return JSONRPCResponse.error(id, error(error));
    }
    return members.containsKey("result") ? JSONRPCResponse.result(id, members.get("result")) : null;
  }

  private static JSONRPCResponse.JSONRPCError error(Map<?, ?> error) {
    int code = error.get("code") instanceof Number number ? number.intValue() : 0;
    return new JSONRPCResponse.JSONRPCError(
        code, String.valueOf(error.get("message")), error.get("data"));
  }
}
