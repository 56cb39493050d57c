package io.governor.mcp;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The conversations of clients that have a session with the server, by its id. The one unused for
 * longest makes room. Safe for use by several threads.
 */
final class HttpSessions {

  /** As many are kept. */
  static final int MAX = 10_000;

  /**
   * One client's conversation.
   *
   * @param parts what it shares with others of its session
   * @param conversation what was asked and not yet answered
   */
  record Client(SessionParts parts, Conversation conversation) {

    /** What is known about the server's tools. */
    ServerTools tools() {
      return parts.tools();
    }

    /** The client is not there any more. */
    void close() {
      conversation.clientLeft();
      parts.close();
    }
  }

  private final Supplier<Client> opening;

  // Guarded by this.
  private final Map<String, Client> clients =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Client> eldest) {
          if (size() <= MAX) {
            return false;
          }
          eldest.getValue().close();
          return true;
        }
      };

  HttpSessions(Supplier<Client> opening) {
    this.opening = opening;
  }

  /** The client of a session; one that was opened before we were there begins here. */
  synchronized Client of(String sessionId) {
    return clients.computeIfAbsent(sessionId, id -> opening.get());
  }

  /** The server has given a client its session. */
  synchronized void opened(String sessionId, Client client) {
    Client before = clients.put(sessionId, client);
    if (before != null && !before.equals(client)) {
      before.close();
    }
  }

  /** The session is over. */
  synchronized void ended(@Nullable String sessionId) {
    Client client = sessionId == null ? null : clients.remove(sessionId);
    if (client != null) {
      client.close();
    }
  }

  synchronized void close() {
    clients.values().forEach(Client::close);
    clients.clear();
  }
}
