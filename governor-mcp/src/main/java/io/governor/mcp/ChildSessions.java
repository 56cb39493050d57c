package io.governor.mcp;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The servers that were started for clients, by the id of their session. Thread-safe. */
final class ChildSessions implements AutoCloseable {

  /** As many run at once. */
  static final int MAX = 64;

  /** Starts a server for a client. */
  interface Starting {
    ChildServer start() throws IOException;
  }

  private static final SecureRandom RANDOM = new SecureRandom();

  private final Starting starting;

  // Guarded by this; the one unused for longest comes first.
  private final Map<String, ChildServer> servers = new LinkedHashMap<>(16, 0.75f, true);
  private boolean closed;

  ChildSessions(Starting starting) {
    this.starting = starting;
  }

  /**
   * Starts a server.
   *
   * @return the id of its session, which nobody can guess
   */
  synchronized String open() throws IOException {
    if (closed) {
      throw new IOException("closed");
    }
    byte[] bits = new byte[16];
    RANDOM.nextBytes(bits);
    String id = HexFormat.of().formatHex(bits);
    servers.values().removeIf(ChildServer::isOver);
    if (servers.size() >= MAX) {
      end(servers.keySet().iterator().next());
    }
    servers.put(id, starting.start());
    return id;
  }

  /** The server of a session; null when there is none, or it has ended. */
  synchronized @Nullable ChildServer of(@Nullable String id) {
    ChildServer server = id == null ? null : servers.get(id);
    return server == null || server.isOver() ? null : server;
  }

  /** Ends a session. */
  synchronized void end(String id) {
    ChildServer server = servers.remove(id);
    if (server != null) {
      server.close();
    }
  }

  /** Ends all servers; returns when they have ended. */
  @Override
  public void close() {
    List<ChildServer> all;
    synchronized (this) {
      closed = true;
      all = new ArrayList<>(servers.values());
      servers.clear();
    }
    all.forEach(ChildServer::stop);
  }
}
