package io.governor.sync;

/**
 * Carries one request at a time to the registered server and back. An implementation sends exactly
 * the bytes it is given, shows the secret to nobody but the registered host, and comes back within
 * a bounded time. Safe to share between threads.
 */
public interface SyncTransport {

  /**
   * {@code POST /register}.
   *
   * @return the secret that the server gave, this once
   * @throws SyncException of kind {@code AUTHORIZATION} or {@code NETWORK}
   */
  InstallationSecret register(RegistrationRequest request) throws SyncException;

  /**
   * {@code POST /sync}. Returns when the server has accepted the body, now or before: the same
   * bytes may be sent any number of times and count once.
   *
   * @param body the bytes of {@link SyncPayload#toJson}
   * @throws SyncException of kind {@code AUTHORIZATION} or {@code NETWORK}; whether the server took
   *     the body is then unknown
   */
  void send(byte[] body, InstallationSecret secret) throws SyncException;

  /**
   * {@code GET /update-check}, without a secret.
   *
   * @throws SyncException of kind {@code NETWORK}
   */
  UpdateCheck checkForUpdate(String installationId, String runtimeVersion) throws SyncException;
}
