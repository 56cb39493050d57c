package io.governor.mcp;

import io.governor.GovernedSession;
import io.governor.Governor;
import io.governor.Origin;
import io.governor.mcp.HttpSessions.Client;

/** Opens what belongs to one client: a session of the governor's, and a conversation in it. */
final class HttpClients {

  private final Governor governor;
  private final ServerTools tools;
  private final boolean denialsAsErrors;
  private final boolean asksClients;

  HttpClients(Governor governor, ServerTools tools, boolean denialsAsErrors, boolean asksClients) {
    this.governor = governor;
    this.tools = tools;
    this.denialsAsErrors = denialsAsErrors;
    this.asksClients = asksClients;
  }

  Client open() {
    GovernedSession session = governor.session().origin(Origin.MCP).open();
    return new Client(session, conversation(session));
  }

  /**
   * A message that names no session: one that opens a session begins with a client of its own. The
   * others come from any client, whose ids mean nothing to one another: each is a conversation.
   */
  Client joining(byte[] body, Client stateless) {
    return isInitialize(body)
        ? open()
        : new Client(stateless.governed(), conversation(stateless.governed()));
  }

  private Conversation conversation(GovernedSession session) {
    return new Conversation(session, tools, denialsAsErrors, ClientQuestions.of(asksClients));
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
