package io.governor.collector.testing;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A server that keeps the contract of sync, in memory, on a free port of this machine. Registers,
 * and tells each secret once; takes a body of exactly the five members from the installation it
 * speaks of; takes the same bytes any number of times and counts them once; answers 409 to other
 * bytes for the same window; and keeps every byte it is sent. A second registration of an
 * installation gives a new secret, after which the old one is worth nothing.
 *
 * <p>Safe to share between threads; its own threads end when it is closed.
 */
public final class TestCollector implements AutoCloseable {

  private final CollectorStore store = new CollectorStore();
  private final Queue<Fault> faults = new ConcurrentLinkedQueue<>();
  private final List<ReceivedRequest> requests = new CopyOnWriteArrayList<>();
  private final TestAuthority authority = TestAuthority.root("Test collector CA");
  private final WireServer server;

  private TestCollector(boolean https) {
    this.server =
        https
            ? WireServer.tls(authority.server("localhost", "127.0.0.1"), this::serve)
            : WireServer.plain(this::serve);
  }

  /** Starts one with HTTPS, whose certificate {@link #writeCa} makes trusted. */
  public static TestCollector start() {
    return new TestCollector(true);
  }

  /** Starts one with plain HTTP. */
  public static TestCollector startPlain() {
    return new TestCollector(false);
  }

  private void serve(Connection connection) throws IOException, InterruptedException {
    boolean stays = true;
    while (stays) {
      Optional<ReceivedRequest> request = connection.request();
      stays = request.isPresent() && serve(connection, request.get());
    }
  }

  private boolean serve(Connection connection, ReceivedRequest request)
      throws IOException, InterruptedException {
    requests.add(request);
    Fault fault = faults.poll();
    if (fault == null) {
      Reply reply = store.answer(request);
      connection.answer(reply.status(), reply.json());
      return true;
    }
    if (fault.hasEffect()) {
      store.answer(request);
    }
    return fault.act(connection);
  }

  /** Where it listens, as an endpoint is written. */
  public String endpoint() {
    return server.address();
  }

  /** Writes the certificate of its authority as a PEM file into the folder. */
  public Path writeCa(Path folder) throws IOException {
    return authority.writePem(folder);
  }

  /** Treats the next requests so, one each; the ones after them properly. */
  public void failNext(Fault... next) {
    faults.addAll(List.of(next));
  }

  /** From now on, a second registration of an installation is answered with 409. */
  public void refuseKnownInstallations() {
    store.refuseKnown();
  }

  /** From now on, an update check says that there is this newer version. */
  public void latestVersion(String version) {
    store.latestVersion(version);
  }

  /** Registers an installation with a secret of the test's choice, without a request. */
  public void issue(String installationId, String secret) {
    store.issue(installationId, secret);
  }

  /** The secrets that are valid now. */
  public List<String> secrets() {
    return store.secrets();
  }

  /** The members of every registration, in the order they came. */
  public List<Map<String, String>> registrations() {
    return store.registrations();
  }

  /** Every request that came whole, in the order they came, whatever became of it. */
  public List<ReceivedRequest> requests() {
    return List.copyOf(requests);
  }

  /** The bodies that count, each once, in the order they came. */
  public List<byte[]> accepted() {
    return store.accepted();
  }

  /** Everything that counts, added up. */
  public SortedMap<String, Long> sum() {
    return store.sum();
  }

  /** Every byte ever received, decrypted; a character per byte. */
  public String received() {
    return server.received();
  }

  /** How often somebody connected, be it without a word. */
  public int knocks() {
    return server.knocks();
  }

  @Override
  public void close() {
    server.close();
  }
}
