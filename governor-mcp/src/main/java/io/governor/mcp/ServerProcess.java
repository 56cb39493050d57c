package io.governor.mcp;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * The server as a process of ours: started from an argument vector, never through a shell, with the
 * environment it is given and nothing else. What it starts ends with it, and it with us, killed or
 * not: see {@link OrphanWatch}. Safe for use by several threads.
 */
final class ServerProcess {

  /** How long a process may take to end when it is asked to. */
  private static final Duration GRACE = Duration.ofSeconds(2);

  private final Process process;
  private final OrphanWatch watch;

  private ServerProcess(Process process, OrphanWatch watch) {
    this.process = process;
    this.watch = watch;
  }

  static ServerProcess start(List<String> command, Map<String, String> environment)
      throws IOException {
    boolean apart = OrphanWatch.canRunApart(command, environment);
    ProcessBuilder builder = new ProcessBuilder(apart ? OrphanWatch.apart(command) : command);
    builder.environment().clear();
    builder.environment().putAll(environment);
    OrphanWatch watch = OrphanWatch.start();
    try {
      Process process = builder.start();
      watch.over(process, apart);
      return new ServerProcess(process, watch);
    } catch (IOException e) {
      watch.close();
      throw e;
    }
  }

  OutputStream in() {
    return process.getOutputStream();
  }

  InputStream out() {
    return process.getInputStream();
  }

  InputStream err() {
    return process.getErrorStream();
  }

  /**
   * Waits until it has ended, for as long as it may take; then ends it. What it had started goes
   * with it in either case.
   *
   * @return its exit code
   */
  int end(Duration patience) throws InterruptedException {
    List<ProcessHandle> started = process.descendants().toList();
    if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
      stop();
    }
    started.forEach(ProcessHandle::destroy);
    int code = process.waitFor();
    watch.close();
    return code;
  }

  /** Asks it and what it started to end, and makes them after two seconds. */
  void stop() {
    Set<ProcessHandle> tree = new LinkedHashSet<>(tree());
    tree.forEach(ProcessHandle::destroy);
    long end = System.nanoTime() + GRACE.toNanos();
    try {
      for (ProcessHandle each : tree) {
        ended(each, end - System.nanoTime());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    tree.addAll(tree());
    tree.forEach(ProcessHandle::destroyForcibly);
    watch.close();
  }

  private List<ProcessHandle> tree() {
    return Stream.concat(process.descendants(), Stream.of(process.toHandle())).toList();
  }

  private static void ended(ProcessHandle process, long nanos) throws InterruptedException {
    try {
      process.onExit().get(Math.max(0, nanos), TimeUnit.NANOSECONDS);
    } catch (ExecutionException | TimeoutException e) {
      // It did not end in time, and is made to.
      return;
    }
  }
}
