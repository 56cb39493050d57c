package io.governor.hooks.daemon;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Takes one request from each connection and answers it. At most {@value #WORKERS} connections are
 * looked at, each for at most a bounded time; more wait in the system's queue. Safe for use by
 * several threads.
 */
final class SocketServer implements AutoCloseable {

  static final int WORKERS = 16;

  private static final Duration THREADS_STAY = Duration.ofSeconds(30);
  private static final Duration WORK_ENDS = Duration.ofSeconds(5);

  private final ServerSocketChannel channel;
  private final Router router;
  private final Deadlines deadlines;
  private final Duration limit;
  private final Semaphore free = new Semaphore(WORKERS);
  private final AtomicInteger underWay = new AtomicInteger();
  private final Semaphore heavy = new Semaphore(1);
  private final ExecutorService workers = workers();
  private volatile boolean ending;

  /**
   * @param limit how long a client may take to send its request, and again to take the answer
   */
  SocketServer(ServerSocketChannel channel, Router router, Deadlines deadlines, Duration limit) {
    this.channel = channel;
    this.router = router;
    this.deadlines = deadlines;
    this.limit = limit;
  }

  private static ExecutorService workers() {
    ThreadPoolExecutor workers =
        new ThreadPoolExecutor(
            WORKERS,
            WORKERS,
            THREADS_STAY.toMillis(),
            TimeUnit.MILLISECONDS,
            new LinkedBlockingQueue<>(WORKERS),
            Daemons.threads("governor-hook"));
    workers.allowCoreThreadTimeOut(true);
    return workers;
  }

  /** How many connections are being looked at. */
  int underWay() {
    return underWay.get();
  }

  /** Whoever is accepted from now on is the last but for those who wait already. */
  void endWhenNobodyWaits() {
    ending = true;
  }

  /** Serves until the channel is closed, or is to be and nobody waits. */
  void serve() {
    while (channel.isOpen()) {
      free.acquireUninterruptibly();
      try {
        SocketChannel client = channel.accept();
        if (client == null) {
          free.release();
          channel.close();
          return;
        }
        workers.execute(() -> serve(client));
        if (ending) {
          channel.configureBlocking(false);
        }
      } catch (IOException | RuntimeException e) {
        free.release();
        if (channel.isOpen()) {
          // Too many open files, most likely: some will be closed soon.
          pause();
        }
      }
    }
  }

  private static void pause() {
    try {
      Thread.sleep(20);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void serve(SocketChannel client) {
    underWay.incrementAndGet();
    try (client;
        WireBody body = new WireBody(heavy)) {
      write(client, answer(client, body));
    } catch (IOException e) {
      // The client went away, or took too long: it says so itself.
    } finally {
      underWay.decrementAndGet();
      free.release();
    }
  }

  private WireAnswer answer(SocketChannel client, WireBody body) throws IOException {
    WireRequest request;
    Future<?> deadline = deadlines.close(client, limit);
    try {
      request = new RequestReader(client).read(body);
    } catch (WireProblem e) {
      return WireAnswer.unanswered(e.status(), e.text());
    } catch (OutOfMemoryError e) {
      return WireAnswer.unanswered(500, "not enough memory for this payload");
    } finally {
      deadline.cancel(false);
    }
    return router.answer(request);
  }

  private void write(SocketChannel client, WireAnswer answer) throws IOException {
    Future<?> deadline = deadlines.close(client, limit);
    try {
      ByteBuffer bytes = answer.bytes();
      while (bytes.hasRemaining()) {
        client.write(bytes);
      }
    } finally {
      deadline.cancel(false);
    }
  }

  /** Takes no more connections, and lets those at work end, for a bounded time. */
  @Override
  public void close() throws IOException {
    channel.close();
    workers.shutdown();
    try {
      if (!workers.awaitTermination(WORK_ENDS.toMillis(), TimeUnit.MILLISECONDS)) {
        workers.shutdownNow();
      }
    } catch (InterruptedException e) {
      workers.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
