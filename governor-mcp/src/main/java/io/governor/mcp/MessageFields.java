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
      request.header(MirroredFields.VERSION, spoken);
    }
  }

  void to(HttpRequest.Builder request, Message message) {
    to(request);
    request.header("Content-Type", "application/json");
    if (message instanceof Message.Request asked && Era.stateless(asked.params())) {
      MirroredFields.of(asked, tools.markedArguments(asked)).forEach(request::setHeader);
    }
  }

  private static boolean isPlain(String text) {
    return !text.isEmpty() && text.length() < 2048 && text.chars().allMatch(c -> c > 32 && c < 127);
  }
}
