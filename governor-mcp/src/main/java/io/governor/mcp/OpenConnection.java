package io.governor.mcp;

import org.jspecify.annotations.Nullable;

/**
 * The connection that a transport of the host's has open: opened with its first message or when the
 * library says that one begins, and opened anew after it was closed. Safe for use by several
 * threads.
 */
public final class OpenConnection implements AutoCloseable {

  private final McpProxy proxy;
  private @Nullable McpConnection connection;

  /** Nothing is open yet. */
  public OpenConnection(McpProxy proxy) {
    this.proxy = proxy;
  }

  /** A connection begins; one that is open is renewed. */
  public synchronized void begin() {
    McpConnection open = connection;
    connection = open == null ? proxy.connection() : open.renewed();
  }

  /** The open connection, opened if there is none. */
  public synchronized McpConnection get() {
    McpConnection open = connection;
    if (open == null) {
      open = proxy.connection();
      connection = open;
    }
    return open;
  }

  /** The open connection, or null when there is none. */
  public synchronized @Nullable McpConnection current() {
    return connection;
  }

  /** Closes the open connection, if there is one; the next message opens another. */
  @Override
  public synchronized void close() {
    McpConnection open = connection;
    connection = null;
    if (open != null) {
      open.close();
    }
  }
}
