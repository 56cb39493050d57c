package io.governor.mcp;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The stream on which a server speaks without being asked. It is opened again when it ends, behind
 * the last event that was heard. Safe for use by several threads.
 */
@SuppressWarnings("FutureReturnValueIgnored") // each stage deals with failures itself
final class UnaskedEvents implements AutoCloseable {

  /** Between two attempts, in milliseconds; doubled after each that failed, up to the second. */
  private static final long FIRST_PAUSE = 1_000;

  private static final long LONGEST_PAUSE = 30_000;

  private final HttpServerEnd server;
  private final MessageFields fields;
  private final BiConsumer<HttpResponse<Flow.Publisher<List<ByteBuffer>>>, Runnable> relay;
  private final AtomicBoolean opened = new AtomicBoolean();
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile @Nullable String lastId;

  UnaskedEvents(
      HttpServerEnd server,
      MessageFields fields,
      BiConsumer<HttpResponse<Flow.Publisher<List<ByteBuffer>>>, Runnable> relay) {
    this.server = server;
    this.fields = fields;
    this.relay = relay;
  }

  /** The client is ready to listen. */
  void open() {
    if (opened.compareAndSet(false, true)) {
      DaemonThreads.INSTANCE.newThread(this::listen).start();
    }
  }

  void heard(ServerEvent event) {
    String id = event.id();
    if (id != null) {
      // An empty id takes the last one back (WHATWG HTML, 9.2.6); one that no header field can
      // hold names no place to go on from, and would end the listening.
      lastId = isSendable(id) ? id : null;
    }
  }

  private static boolean isSendable(String id) {
    return !id.isBlank() && id.chars().allMatch(c -> c >= ' ' && c <= '~');
  }

  private void listen() {
    long pause = FIRST_PAUSE;
    try {
      do {
        pause = once() ? FIRST_PAUSE : Math.min(LONGEST_PAUSE, 2 * pause);
      } while (pause > 0 && !closed.await(pause, TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Listens once, to the end.
   *
   * @return whether the server spoke; it says so if it never will, and we stop
   */
  private boolean once() throws InterruptedException {
    HttpRequest.Builder request = server.request().GET();
    fields.to(request);
    String id = lastId;
    if (id != null) {
      request.header("Last-Event-ID", id);
    }
    CountDownLatch ended = new CountDownLatch(1);
    AtomicBoolean spoke = new AtomicBoolean();
    server
        .send(request.build())
        .whenComplete(
            (response, failure) -> {
              if (response == null) {
                ended.countDown();
              } else if (response.statusCode() != 200) {
                // 405 and 404: there is no such stream, or no such session any more.
                BoundedBody.of(response.body(), 0);
                closed.countDown();
                ended.countDown();
              } else {
                spoke.set(true);
                relay.accept(response, ended::countDown);
              }
            });
    ended.await();
    return spoke.get();
  }

  @Override
  public void close() {
    closed.countDown();
  }
}
