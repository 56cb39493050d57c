package io.governor.collector.testing;

import java.io.IOException;

/** What a server does with one connection. Called by several threads at once. */
@FunctionalInterface
public interface Conversation {

  /**
   * Holds the conversation; the connection is closed when it returns or throws.
   *
   * @throws IOException when the other side is gone, which is nothing special
   * @throws InterruptedException when the server is being closed
   */
  void hold(Connection connection) throws IOException, InterruptedException;
}
