package io.governor.sync.wire;

import io.governor.sync.ConnectionSettings;
import io.governor.sync.Endpoint;
import io.governor.sync.SyncException;
import io.governor.sync.SyncException.Delivery;
import java.net.http.HttpClient;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Java's HTTP client, made when it is first needed, and the threads it works with. Safe to share
 * between threads.
 */
final class Connections implements AutoCloseable {

  private static final long IDLE_SECONDS = 2;

  private final HttpClient.Builder builder;
  private final boolean proxied;
  private final BooleanSupplier everOpen;
  private final Set<Runnable> underWay = ConcurrentHashMap.newKeySet();
  // Guarded by this.
  private @Nullable HttpClient client;
  private @Nullable ExecutorService workers;
  private boolean closed;

  private Connections(HttpClient.Builder builder, boolean proxied, BooleanSupplier everOpen) {
    this.builder = builder;
    this.proxied = proxied;
    this.everOpen = everOpen;
  }

  static Connections to(Endpoint endpoint, ConnectionSettings settings, Deadlines deadlines)
      throws SyncException {
    Tls tls = Tls.of(settings);
    return new Connections(
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(deadlines.connect())
            .proxy(Proxy.of(settings.proxy(), endpoint))
            .sslContext(tls.context())
            .sslParameters(Tls.parameters()),
        settings.proxy() != null,
        () -> !endpoint.isHttps() || tls.trust().hasTrusted());
  }

  /**
   * @throws IllegalStateException after {@link #close}
   */
  synchronized void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the transport is closed");
    }
  }

  /**
   * @throws AttemptFailed after {@link #close}, which may come between two attempts
   */
  synchronized Exchange exchange() throws AttemptFailed {
    if (closed) {
      throw AttemptFailed.without(Delivery.NOT_SENT, false, Exchange.ENDED);
    }
    if (client == null) {
      workers = workers();
      client = builder.executor(workers).build();
    }
    return new Exchange(client, proxied, underWay, everOpen);
  }

  /** As many threads as there is work, and none when there is none. */
  private static ExecutorService workers() {
    return new ThreadPoolExecutor(
        0,
        Integer.MAX_VALUE,
        IDLE_SECONDS,
        TimeUnit.SECONDS,
        new SynchronousQueue<>(),
        work -> {
          Thread thread = new Thread(work, "governor-sync-http");
          thread.setDaemon(true);
          return thread;
        });
  }

  @Override
  public synchronized void close() {
    closed = true;
    underWay.forEach(Runnable::run);
    // A client can be closed from Java 21 on; an older one ends when nothing refers to it any more.
    Object gone = client;
    client = null;
    if (gone instanceof AutoCloseable closeable) {
      close(closeable);
    }
    if (workers != null) {
      workers.shutdownNow();
      workers = null;
    }
  }

  private static void close(AutoCloseable closeable) {
    try {
      closeable.close();
    } catch (Exception e) {
      throw new IllegalStateException("the HTTP client cannot be closed", e);
    }
  }
}
