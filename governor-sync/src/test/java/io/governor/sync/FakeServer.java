package io.governor.sync;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A server without a wire: what it was told, and a secret for everybody who asks. */
final class FakeServer implements TransportFactory {

  final List<RegistrationRequest> registrations = new ArrayList<>();
  final List<InstallationSecret> secrets = new ArrayList<>();
  final List<String> bodies = new ArrayList<>();
  final List<Endpoint> asked = new ArrayList<>();

  /** Runs when a request has come in; may throw in the place of an answer. */
  @Nullable Interruption before;

  /** What happens between a request and its answer. */
  interface Interruption {
    void happen() throws SyncException;
  }

  @Override
  public SyncTransport to(Endpoint endpoint, ConnectionSettings settings) {
    return new SyncTransport() {

      @Override
      public Credential register(RegistrationRequest request) throws SyncException {
        asked.add(endpoint);
        registrations.add(request);
        interrupt();
        secrets.add(
            InstallationSecret.of("sgn_live_" + String.format("%020d", registrations.size())));
        return new Credential(endpoint, secrets.get(secrets.size() - 1));
      }

      @Override
      public int send(byte[] body, Credential credential) throws SyncException {
        asked.add(endpoint);
        interrupt();
        bodies.add(new String(body, java.nio.charset.StandardCharsets.US_ASCII));
        return 1;
      }

      @Override
      public UpdateCheck checkForUpdate(String installationId, String runtimeVersion)
          throws SyncException {
        asked.add(endpoint);
        interrupt();
        return new UpdateCheck("9.9.9", true);
      }
    };
  }

  private void interrupt() throws SyncException {
    if (before != null) {
      before.happen();
    }
  }
}
