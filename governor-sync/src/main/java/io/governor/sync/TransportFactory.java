package io.governor.sync;

/** Makes the transport to a server. Safe for use by several threads. */
@FunctionalInterface
public interface TransportFactory {

  /**
   * A transport; opens no connection yet.
   *
   * @throws SyncException of kind {@code INPUT} or {@code LOCAL_FILES} if the settings or what they
   *     name cannot be used
   */
  SyncTransport to(Endpoint endpoint, ConnectionSettings settings) throws SyncException;
}
