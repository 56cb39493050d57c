package io.governor.mcp.langchain4j;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.langchain4j.mcp.protocol.McpClientMessage;
import dev.langchain4j.mcp.protocol.McpClientParams;
import dev.langchain4j.mcp.protocol.McpClientRequest;
import java.io.IOException;

/** LangChain4j's messages as they stand on the wire, written as its transports write them. */
final class LangChain4jJson {

  /** As plain as the ones that LangChain4j's transports have. */
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private LangChain4jJson() {}

  /**
   * A message in UTF-8.
   *
   * @throws IllegalArgumentException if it cannot be written
   */
  static byte[] bytes(Object message) {
    try {
      return MAPPER.writeValueAsBytes(message);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("expected what can be written as JSON", e);
    }
  }

  /** A message that one of us wrote. */
  static JsonNode read(byte[] message) {
    try {
      return MAPPER.readTree(message);
    } catch (IOException e) {
      throw new IllegalStateException("expected a message", e);
    }
  }

  /** The client's message with the parameters that it has on the wire. */
  static McpClientMessage with(McpClientMessage message, byte[] onward) {
    if (!(message instanceof McpClientRequest request) || request.getParams() == null) {
      throw new IllegalStateException("expected a request with parameters");
    }
    McpClientParams params =
        MAPPER.convertValue(read(onward).get("params"), request.getParams().getClass());
    McpClientRequest changed = new McpClientRequest(message.getId(), message.method);
    changed.setParams(params);
    return changed;
  }
}
