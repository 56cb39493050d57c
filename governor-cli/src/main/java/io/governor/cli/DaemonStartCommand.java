package io.governor.cli;

import io.governor.file.OwnerOnly;
import io.governor.hooks.daemon.DaemonClient;
import io.governor.hooks.daemon.DaemonStatus;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

/** {@code governor daemon start}: a daemon in the background, of this version. */
@Command(
    name = "start",
    description = "Start the daemon in the background, or leave it when it runs already.")
final class DaemonStartCommand implements Callable<Integer> {

  private static final Duration STARTS_WITHIN = Duration.ofSeconds(20);
  private static final long LOOK_MILLIS = 50;

  private final Invocation invocation;

  DaemonStartCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Process starting = start();
    DaemonStatus running = await(starting);
    if (running == null) {
      starting.destroy();
      throw CommandFailure.localIo("the daemon does not start" + lastWords());
    }
    invocation.terminal().answer("the daemon runs as process " + running.pid() + "\n");
    return ExitCode.DONE;
  }

  private Process start() throws IOException {
    String launcher = System.getProperty("governor.command");
    if (launcher == null) {
      throw CommandFailure.usage("expected to be started by bin/governor, which starts the daemon");
    }
    OwnerOnly.createDirectories(run());
    OwnerOnly.replaceCache(log(), new byte[0]);
    ProcessBuilder builder = new ProcessBuilder(detached(launcher));
    builder.environment().keySet().removeIf(name -> name.endsWith("_OPTIONS"));
    builder.environment().put("GOVERNOR_HOME", invocation.stateRoot().toString());
    return builder
        .redirectInput(new File("/dev/null"))
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.appendTo(log().toFile()))
        .start();
  }

  /** In a session of its own, the daemon does not end with the terminal. */
  private static List<String> detached(String launcher) {
    for (String directory : List.of("/usr/bin/", "/bin/")) {
      if (Files.isExecutable(Path.of(directory + "setsid"))) {
        return List.of(directory + "setsid", launcher, "daemon", "run");
      }
    }
    return List.of("nohup", launcher, "daemon", "run");
  }

  /** The daemon that serves once the new one serves, or has left because one does. */
  private @Nullable DaemonStatus await(Process starting) throws InterruptedException {
    long end = System.nanoTime() + STARTS_WITHIN.toNanos();
    DaemonClient client = DaemonClient.of(invocation.stateRoot());
    while (System.nanoTime() - end < 0) {
      boolean ended = starting.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS);
      DaemonStatus status = client.status();
      if (status != null && (ended || status.pid() == starting.pid())) {
        return ended && starting.exitValue() != ExitCode.DONE ? null : status;
      }
      if (ended) {
        return null;
      }
    }
    return null;
  }

  private Path run() {
    return invocation.stateRoot().resolve("run");
  }

  private Path log() {
    return run().resolve("daemon.log");
  }

  private String lastWords() throws IOException {
    List<String> lines = Files.readAllLines(log());
    return lines.isEmpty() ? "" : ": " + lines.get(0);
  }
}
