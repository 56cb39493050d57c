package io.governor.mcp;

import java.net.http.HttpRequest;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The header fields that go with a message to a streamable-HTTP server (specification 2025-11-25
 * and 2026-07-28, transports): the session and version of a client that opened a session, or what
 * each message of the other era says about itself. Safe for use by several threads.
 */
final class MessageFields {

  private static final String VERSION = "MCP-Protocol-Version";
  private static final String OF_MESSAGE = "io.modelcontextprotocol/protocolVersion";

  /** A longer name goes without a field; servers do not take it in one. */
  private static final int MAX_NAME = 2048;

  private final ServerTools tools;
  private volatile @Nullable String sessionId;
  private volatile @Nullable String version;

  MessageFields(ServerTools tools) {
    this.tools = tools;
  }

  /** The server gave the client a session. */
  void opened(String newSessionId) {
    sessionId = newSessionId;
  }

  @Nullable String sessionId() {
    return sessionId;
  }

  /** The server answered: one that says which version it speaks is taken at its word. */
  void answered(Message message) {
    if (message instanceof Message.Answer answer
        && answer.result() instanceof Map<?, ?> result
        && result.get("protocolVersion") instanceof String spoken
        && isPlain(spoken)) {
      version = spoken;
    }
  }

  void to(HttpRequest.Builder request) {
    request.header("Accept", "application/json, text/event-stream");
    String session = sessionId;
    if (session != null) {
      request.header(HttpFields.SESSION, session);
    }
    String spoken = version;
    if (spoken != null) {
      request.header(VERSION, spoken);
    }
  }

  void to(HttpRequest.Builder request, Message message) {
    to(request);
    request.header("Content-Type", "application/json");
    if (message instanceof Message.Request asked && Era.stateless(asked.params())) {
      stateless(request, asked);
    }
  }

  private void stateless(HttpRequest.Builder request, Message.Request asked) {
    if (asked.params().get("_meta") instanceof Map<?, ?> meta
        && meta.get(OF_MESSAGE) instanceof String spoken
        && isPlain(spoken)) {
      request.setHeader(VERSION, spoken);
    }
    if (isPlain(asked.method())) {
      request.header("Mcp-Method", asked.method());
    }
    Object name = asked.params().getOrDefault("name", asked.params().get("uri"));
    if (name instanceof String text && text.length() < MAX_NAME) {
      request.header("Mcp-Name", HeaderText.of(text));
    }
    if (name instanceof String tool && asked.method().equals("tools/call")) {
      tools.mirrored(tool).forEach(asked.params().get("arguments"), request::header);
    }
  }

  private static boolean isPlain(String text) {
    return !text.isEmpty() && text.length() < 2048 && text.chars().allMatch(c -> c > 32 && c < 127);
  }
}
