package io.governor.sync;

import io.governor.sync.ledger.SyncState;

/** Reads from a state to which server the installation is registered, and how. Stateless. */
final class RegisteredServer {

  private RegisteredServer() {}

  /** The server that gave the secret; that it may be plain HTTP was said when it was registered. */
  static Endpoint endpoint(SyncState registered) throws SyncException {
    String endpoint = registered.endpoint();
    if (endpoint == null) {
      throw SyncException.notRegistered(
          "the sync state does not say with which server this installation is registered: sync"
              + " register --force registers it again and keeps its id");
    }
    try {
      return Endpoint.parse(endpoint, true);
    } catch (SyncException e) {
      throw SyncException.localFiles("sync-state.json: " + e.getMessage(), e);
    }
  }

  /** The secret, for that server only. */
  static Credential credential(SyncState registered) throws SyncException {
    return new Credential(endpoint(registered), registered.secret());
  }
}
