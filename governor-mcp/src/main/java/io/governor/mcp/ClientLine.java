package io.governor.mcp;

import java.io.IOException;

/** A way to say something to the client while its request waits. Safe for several threads. */
@FunctionalInterface
interface ClientLine {

  /**
   * Sends one message.
   *
   * @throws IOException if the client is not there any more
   */
  void send(byte[] json) throws IOException;
}
