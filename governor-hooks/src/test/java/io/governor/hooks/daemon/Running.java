package io.governor.hooks.daemon;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A daemon in this process, on a thread of its own, answered by {@link Echo}. */
final class Running implements AutoCloseable {

  static final DaemonSettings SETTINGS = new DaemonSettings(Duration.ofMinutes(1), false);

  final Path root;
  final Echo echo;
  final DaemonClient client;
  private final CompletableFuture<HookDaemon.Ended> run = new CompletableFuture<>();

  private Running(Path root, Map<String, String> environment, Echo echo) {
    this.root = root;
    this.echo = echo;
    this.client = DaemonClient.of(root, environment);
  }

  static Running start(Path root) {
    return start(root, SETTINGS, "1", Map.of());
  }

  static Running start(
      Path root, DaemonSettings settings, String version, Map<String, String> environment) {
    Running running = launch(root, settings, version, environment);
    running.awaitAnswer();
    return running;
  }

  /** As {@link #start}, without waiting. */
  static Running launch(
      Path root, DaemonSettings settings, String version, Map<String, String> environment) {
    Echo echo = new Echo();
    Running running = new Running(root, environment, echo);
    HookDaemon daemon = HookDaemon.of(root, settings, version, () -> echo, environment);
    Thread thread =
        new Thread(
            () -> {
              try {
                running.run.complete(daemon.run());
              } catch (IOException | RuntimeException e) {
                running.run.completeExceptionally(e);
              }
            });
    thread.setDaemon(true);
    thread.start();
    return running;
  }

  private void awaitAnswer() {
    for (DaemonStatus status = client.status(); status == null; status = client.status()) {
      if (run.isDone()) {
        throw new IllegalStateException("it has ended: " + run);
      }
      Thread.onSpinWait();
    }
  }

  HookDaemon.Ended ended() throws Exception {
    return run.get(20, TimeUnit.SECONDS);
  }

  boolean isRunning() {
    return !run.isDone();
  }

  @Override
  public void close() {
    if (isRunning()) {
      client.stop();
      HookDaemon.Ended unused = run.copy().orTimeout(20, TimeUnit.SECONDS).join();
    }
  }
}
