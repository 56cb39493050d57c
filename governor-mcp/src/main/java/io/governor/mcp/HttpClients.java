package io.governor.mcp;

import io.governor.mcp.HttpSessions.Client;
import java.util.function.Supplier;

/** Opens what belongs to one client: a session of the governor's, and a conversation in it. */
final class HttpClients {

  private final Supplier<SessionParts> opening;
  private final boolean asksClients;

  HttpClients(Supplier<SessionParts> opening, boolean asksClients) {
    this.opening = opening;
    this.asksClients = asksClients;
  }

  Client open() {
    return client(opening.get());
  }

  /**
   * A message that names no session: one that opens a session begins with a client of its own. The
   * others come from any client, whose ids mean nothing to one another: each is a conversation.
   */
  Client joining(byte[] body, Client stateless) {
    return isInitialize(body) ? open() : client(stateless.parts());
  }

  private Client client(SessionParts parts) {
    return new Client(parts, new Conversation(parts, ClientQuestions.of(asksClients)));
  }

  static boolean isInitialize(byte[] body) {
    try {
      return Frame.read(body).parts().stream()
          .anyMatch(
              part ->
                  part.message() instanceof Message.Request request
                      && request.method().equals("initialize"));
    } catch (RefusedFrame e) {
      return false;
    }
  }

  static boolean isBatch(byte[] body) {
    for (byte c : body) {
      if (c != ' ' && c != '\t' && c != '\n' && c != '\r') {
        return c == '[';
      }
    }
    return false;
  }
}
