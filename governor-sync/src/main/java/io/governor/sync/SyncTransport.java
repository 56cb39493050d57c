package io.governor.sync;

/**
 * Carries one request at a time to the registered server and back. An implementation sends exactly
 * the bytes it is given, shows the secret to nobody but the registered host, and comes back within
 * a bounded time. Safe to share between threads.
 */
public interface SyncTransport extends AutoCloseable {

  /**
   * {@code POST /register}. A registration may count when its answer was lost, so it is repeated
   * only when it certainly did not.
   *
   * @return the secret that the server gave, this once, and the server
   * @throws SyncException of kind {@code AUTHORIZATION} or {@code NETWORK}
   */
  Credential register(RegistrationRequest request) throws SyncException;

  /**
   * {@code POST /sync}. Returns when the server has accepted the body, now or before: the same
   * bytes may be sent any number of times and count once.
   *
   * @param body the bytes of {@link SyncPayload#toJson}
   * @return how many attempts it took, at least 1
   * @throws SyncException of kind {@code AUTHORIZATION} or {@code NETWORK}; its {@link
   *     SyncException#delivery} tells what is known about the body, its {@link
   *     SyncException#attempts} how often it was tried
   */
  int send(byte[] body, Credential credential) throws SyncException;

  /**
   * {@code GET /update-check}, without a secret.
   *
   * @throws SyncException of kind {@code NETWORK}
   */
  UpdateCheck checkForUpdate(String installationId, String runtimeVersion) throws SyncException;

  /** Lets go what it holds; nothing, unless an implementation says otherwise. */
  @Override
  default void close() {}
}
