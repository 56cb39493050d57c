package io.governor.sync.wire;

import static io.governor.sync.wire.Exchanges.body;
import static io.governor.sync.wire.Exchanges.credential;
import static io.governor.sync.wire.Exchanges.endpoint;
import static io.governor.sync.wire.Exchanges.trusting;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.governor.collector.testing.Connection;
import io.governor.collector.testing.Conversation;
import io.governor.collector.testing.TestAuthority;
import io.governor.collector.testing.WireServer;
import io.governor.sync.Endpoint;
import io.governor.sync.SyncException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real time: deadlines, interrupts, and what is left afterwards. */
@Timeout(60)
class LifeOfATransportTest {

  private static final TestAuthority AUTHORITY = TestAuthority.root("CA");

  @TempDir static Path folder;
  private static Path ca;

  @BeforeAll
  static void writeCa() throws IOException {
    ca = AUTHORITY.writePem(folder);
  }

  private WireServer server(Conversation conversation) {
    return WireServer.tls(AUTHORITY.server("127.0.0.1"), conversation);
  }

  private HttpTransport open(Endpoint endpoint) throws Exception {
    return HttpTransport.to(endpoint, trusting(ca));
  }

  /** All at once, so that the test takes as long as the slowest. */
  @Test
  void every_slow_server_is_given_up_within_thirty_seconds_by_the_clock() throws Exception {
    try (WireServer silent = server(Connection::stall);
        WireServer slowHead = server(c -> drip(c, "HTTP/1.1 200 OK\r\nX: " + "a".repeat(99)));
        WireServer slowBody =
            server(
                c -> drip(c, "HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{" + "a".repeat(99)));
        WireServer silentBeforeTls = WireServer.plain(Connection::stall)) {
      List<CompletableFuture<Duration>> all =
          List.of(
              timed(endpoint(silent.address())),
              timed(endpoint(slowHead.address())),
              timed(endpoint(slowBody.address())),
              timed(endpoint("https://127.0.0.1:" + silentBeforeTls.port())));

      for (CompletableFuture<Duration> one : all) {
        assertThat(one.get()).isBetween(Duration.ofSeconds(10), Duration.ofSeconds(30));
      }
    }
  }

  private CompletableFuture<Duration> timed(Endpoint endpoint) {
    CompletableFuture<Duration> took = new CompletableFuture<>();
    start(
        () -> {
          long start = System.nanoTime();
          try (HttpTransport transport = open(endpoint)) {
            transport.send(body(1), credential(endpoint));
            took.completeExceptionally(new AssertionError("it was sent"));
          } catch (SyncException e) {
            took.complete(Duration.ofNanos(System.nanoTime() - start));
          } catch (Exception e) {
            took.completeExceptionally(e);
          }
        });
    return took;
  }

  private static Thread start(Runnable work) {
    Thread thread = new Thread(work);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  private static void drip(Connection connection, String text) throws IOException {
    connection.request();
    for (byte next : text.getBytes(StandardCharsets.US_ASCII)) {
      connection.write(new byte[] {next});
      try {
        Thread.sleep(1_000);
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
    }
  }

  @Test
  void an_interrupt_ends_an_exchange_at_once_and_stays() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    Conversation silent =
        connection -> {
          connection.request();
          asked.countDown();
          connection.stall();
        };
    try (WireServer server = server(silent);
        HttpTransport transport = open(endpoint(server.address()))) {
      CompletableFuture<String> outcome = new CompletableFuture<>();
      Thread sender =
          start(
              () -> {
                try {
                  transport.send(body(1), credential(endpoint(server.address())));
                } catch (SyncException e) {
                  outcome.complete(Thread.currentThread().isInterrupted() + " " + e.getMessage());
                }
              });
      asked.await();
      sender.interrupt();

      assertThat(outcome.get(2, TimeUnit.SECONDS))
          .isEqualTo(
              "true "
                  + server.address()
                  + ": it was interrupted; nobody can tell whether the counts arrived, and sent"
                  + " again they count once");
    }
  }

  @Test
  void closing_ends_what_is_under_way_and_nothing_can_be_sent_afterwards() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    Conversation silent =
        connection -> {
          connection.request();
          asked.countDown();
          connection.stall();
        };
    try (WireServer server = server(silent)) {
      Endpoint endpoint = endpoint(server.address());
      HttpTransport transport = open(endpoint);
      CompletableFuture<String> outcome = new CompletableFuture<>();
      start(
          () -> {
            try {
              transport.send(body(1), credential(endpoint));
            } catch (SyncException e) {
              outcome.complete(e.getMessage());
            }
          });
      asked.await();
      transport.close();
      transport.close();

      assertThat(outcome.get(2, TimeUnit.SECONDS))
          .contains("it was ended with its connection; nobody can tell");
      assertThatThrownBy(() -> transport.send(body(1), credential(endpoint)))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("the transport is closed");
    }
  }

  @Test
  void no_thread_and_no_connection_is_left_after_closing() throws Exception {
    CountDownLatch let = new CountDownLatch(1);
    Conversation recording =
        connection -> {
          connection.request();
          connection.answer(200, "{}");
          connection.readToEnd();
          let.countDown();
        };
    try (WireServer server = server(recording)) {
      Endpoint endpoint = endpoint(server.address());
      try (HttpTransport transport = open(endpoint)) {
        transport.send(body(1), credential(endpoint));
      }
      // Before Java 21 a client ends when the collector has seen that nobody uses it.
      while (!let.await(100, TimeUnit.MILLISECONDS) || !ours().isEmpty()) {
        System.gc();
      }
    }
    assertThat(ours()).isEmpty();
  }

  private static List<String> ours() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(Thread::isAlive)
        .map(Thread::getName)
        .filter(name -> name.startsWith("governor-sync-http") || name.startsWith("HttpClient-"))
        .toList();
  }

  /**
   * One whose answer is no HTTP is let go when the transport is closed, or on Java 17 collected.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n",
        "HTTP/1.1 302 Found\r\nLocation: https://example.org\r\n\r\n",
        "HTTP/1.1 401 Unauthorized\r\nContent-Length: 99999999999\r\n\r\n",
        "HTTP/1.1 500 Trouble\r\n\r\n",
        "HTTP/1.1 101 Switching\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n"
      })
  void a_connection_whose_answer_is_refused_is_let_go_at_once(String start) throws Exception {
    CountDownLatch let = new CountDownLatch(1);
    Conversation endless =
        connection -> {
          connection.request();
          try {
            connection.write(start);
            while (true) {
              connection.write("a".repeat(9_000));
            }
          } catch (IOException e) {
            let.countDown();
          }
        };
    try (WireServer server = server(endless);
        HttpTransport transport =
            Exchanges.transport(
                endpoint(server.address()), trusting(ca), Exchanges.AMPLE, new FakePace())) {
      assertThatThrownBy(() -> transport.send(body(1), credential(endpoint(server.address()))))
          .isInstanceOf(SyncException.class);

      assertThat(let.await(5, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void making_a_transport_opens_nothing() throws Exception {
    try (WireServer server = server(Connection::stall)) {
      int before = ours().size();
      open(endpoint(server.address())).close();

      assertThat(ours()).hasSize(before);
      assertThat(server.knocks()).isZero();
    }
  }
}
