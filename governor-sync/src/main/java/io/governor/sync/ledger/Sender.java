package io.governor.sync.ledger;

import io.governor.sync.SyncException;

/** Sends a body; returns once it is accepted. */
@FunctionalInterface
public interface Sender {

  /**
   * Sends the very bytes.
   *
   * @return how many attempts it took
   * @throws SyncException if the body was not accepted, or nobody can tell
   */
  int send(byte[] body) throws SyncException;
}
