package io.governor.hooks.daemon;

import java.io.IOException;
import java.net.BindException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A daemon at work: serves until it is asked to stop, has been idle for too long, or its jar or its
 * configuration was replaced by another. Safe for use by several threads.
 */
final class RunningDaemon implements AutoCloseable {

  private static final Duration CLIENT_LIMIT = Duration.ofSeconds(5);
  private static final Duration STOPS_WITHIN = Duration.ofSeconds(10);

  /** How often jar and configuration are looked at, at most; only while payloads come. */
  private static final long LOOK_NANOS = Duration.ofSeconds(1).toNanos();

  private final RunFolder folder;
  private final DaemonSettings settings;
  private final BuildId build;
  private final HookAnswers answers;
  private final Router router;
  private final Deadlines deadlines = new Deadlines();
  private final Instant started = Instant.now();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final AtomicBoolean ending = new AtomicBoolean();
  private final AtomicLong lastAsked = new AtomicLong(System.nanoTime());
  private final AtomicLong lastLooked = new AtomicLong(System.nanoTime());
  private @Nullable DaemonSocket socket;
  private @Nullable SocketServer server;
  private volatile @Nullable HttpHooks http;
  private volatile String problem = "";

  RunningDaemon(
      RunFolder folder,
      DaemonSettings settings,
      BuildId build,
      HookAnswers answers,
      Map<String, String> environment) {
    this.folder = folder;
    this.settings = settings;
    this.build = build;
    this.answers = answers;
    this.router = new Router(answers, environment, this::asked, this::status, this::stop);
  }

  /** Listens; the socket takes its place last. */
  void open() throws IOException {
    if (settings.http()) {
      openHttp();
    }
    socket = DaemonSocket.open(folder);
    server = new SocketServer(socket.channel(), router, deadlines, CLIENT_LIMIT);
  }

  /** Without it the socket still serves, and status says so. */
  private void openHttp() throws IOException {
    try {
      http = HttpHooks.open(folder, router);
    } catch (BindException e) {
      problem =
          "port "
              + HttpHooks.number(HttpHooks.read(folder.port()))
              + " on loopback is taken: remove http-port from "
              + folder.port().getParent()
              + " and run governor init again";
    }
  }

  /** Serves to the end. */
  void serve() {
    Thread onSignal = new Thread(this::stopAndWait, "governor-hook-stop");
    Runtime.getRuntime().addShutdownHook(onSignal);
    deadlines.repeat(this::stopIfIdle, settings.idle());
    if (server != null) {
      server.serve();
    }
    try {
      Runtime.getRuntime().removeShutdownHook(onSignal);
    } catch (IllegalStateException e) {
      // It is the signal that ended us: the process waits for what follows.
    }
  }

  private void asked() {
    long now = System.nanoTime();
    lastAsked.set(now);
    long looked = lastLooked.get();
    if (now - looked > LOOK_NANOS && lastLooked.compareAndSet(looked, now) && isReplaced()) {
      stop();
    }
  }

  /** Over HTTP nobody would start another one, so a changed configuration waits for a person. */
  private boolean isReplaced() {
    return build.isReplaced() || (http == null && answers.isOutdated());
  }

  private List<String> notices() {
    List<String> notices = new ArrayList<>(answers.notices());
    if (http != null && answers.isOutdated()) {
      notices.add("config.yaml was changed: governor daemon stop, then start, takes it up");
    }
    return notices;
  }

  /** How long it may still be idle; null when that was too long, and it stops. */
  private @Nullable Duration stopIfIdle() {
    Duration left = settings.idle().minusNanos(System.nanoTime() - lastAsked.get());
    if (left.isNegative() || left.isZero()) {
      stop();
      return null;
    }
    return left.plusMillis(1);
  }

  private DaemonStatus status() {
    return new DaemonStatus(
        build.toString(),
        ProcessHandle.current().pid(),
        started,
        router.answered(),
        router.failed(),
        server == null ? 0 : server.underWay(),
        settings.idle(),
        http == null ? 0 : http.port(),
        problem,
        notices());
  }

  /** Lets nobody connect any more; the rest follows on the thread that serves. */
  private void stop() {
    if (server == null || socket == null || !ending.compareAndSet(false, true)) {
      return;
    }
    try {
      socket.hide();
      server.endWhenNobodyWaits();
      socket.wake();
    } catch (IOException | RuntimeException e) {
      closeSocket();
    }
  }

  private void closeSocket() {
    try {
      if (socket != null) {
        socket.close();
      }
    } catch (IOException e) {
      // What is left in its place is replaced by the next daemon.
    }
  }

  private void stopAndWait() {
    stop();
    try {
      if (!closed.await(STOPS_WITHIN.toMillis(), TimeUnit.MILLISECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Lets those at work end, for a bounded time. */
  @Override
  public void close() throws IOException {
    closeSocket();
    if (http != null) {
      http.close();
    }
    if (server != null) {
      server.close();
    }
    deadlines.close();
  }

  /** Everything is written and given back. */
  void ended() {
    closed.countDown();
  }
}
