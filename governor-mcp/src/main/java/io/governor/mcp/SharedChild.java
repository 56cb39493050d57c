package io.governor.mcp;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The one server for all clients that have no session: started when the first of them comes, and
 * anew when it has ended. Safe for use by several threads.
 */
final class SharedChild implements AutoCloseable {

  /** Starts a server. */
  interface Starting {
    SharedServer start() throws IOException;
  }

  private final Starting starting;

  // Guarded by this.
  private @Nullable SharedServer server;
  private boolean closed;

  SharedChild(Starting starting) {
    this.starting = starting;
  }

  /** The server that runs. */
  synchronized SharedServer server() throws IOException {
    if (closed) {
      throw new IOException("closed");
    }
    SharedServer current = server;
    if (current == null || current.isOver()) {
      current = starting.start();
      server = current;
    }
    return current;
  }

  /** Ends it; returns when it has ended. */
  @Override
  public void close() {
    SharedServer current;
    synchronized (this) {
      closed = true;
      current = server;
    }
    if (current != null) {
      current.stop();
    }
  }
}
