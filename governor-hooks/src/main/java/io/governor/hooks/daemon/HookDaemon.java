package io.governor.hooks.daemon;

import io.governor.file.OwnerOnly;
import io.governor.file.ProcessLock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one daemon per state root. A lock that the system gives back however a process dies says
 * who it is; whoever comes second leaves, unless it is another build, which asks the running one to
 * end and takes its place. Safe for use by several threads.
 */
public final class HookDaemon {

  private static final Duration TAKEOVER = Duration.ofSeconds(15);
  private static final Duration PAUSE = Duration.ofMillis(20);

  private final Path stateRoot;
  private final RunFolder folder;
  private final DaemonSettings settings;
  private final BuildId build;
  private final Supplier<HookAnswers> answers;
  private final Map<String, String> environment;

  private HookDaemon(
      Path stateRoot,
      DaemonSettings settings,
      BuildId build,
      Supplier<HookAnswers> answers,
      Map<String, String> environment) {
    this.stateRoot = stateRoot;
    this.folder = RunFolder.of(stateRoot, environment);
    this.settings = settings;
    this.build = build;
    this.answers = answers;
    this.environment = Map.copyOf(environment);
  }

  /**
   * A daemon, not yet running.
   *
   * @param version what is running; another one takes over
   * @param answers opens what decides, once it is certain that this daemon is the one
   * @param environment of this process: {@code USER}, {@code HOME} and {@code XDG_RUNTIME_DIR} are
   *     looked at
   */
  public static HookDaemon of(
      Path stateRoot,
      DaemonSettings settings,
      String version,
      Supplier<HookAnswers> answers,
      Map<String, String> environment) {
    return new HookDaemon(stateRoot, settings, BuildId.of(version), answers, environment);
  }

  /** How a run came to its end. */
  public enum Ended {
    /** It served, and ended as it should. */
    SERVED,
    /** Another one serves already. */
    ALREADY_RUNNING
  }

  /**
   * Serves until it is idle for too long, is asked to stop, or is replaced.
   *
   * @throws IOException if the state root cannot be used, or who holds it does not let go
   */
  public Ended run() throws IOException {
    folder.create();
    ProcessLock lock = lock();
    if (lock == null) {
      return Ended.ALREADY_RUNNING;
    }
    try (lock) {
      serve();
    }
    return Ended.SERVED;
  }

  /** The lock, or null when a daemon of this build holds it and answers. */
  private @Nullable ProcessLock lock() throws IOException {
    long end = System.nanoTime() + TAKEOVER.toNanos();
    DaemonClient client = DaemonClient.of(stateRoot, environment);
    do {
      ProcessLock lock = ProcessLock.tryAcquire(folder.lock());
      if (lock != null) {
        return lock;
      }
      DaemonStatus running = client.status();
      if (running != null && running.build().equals(build.toString())) {
        return null;
      }
      if (running != null) {
        client.stop();
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    } while (System.nanoTime() - end < 0);
    throw new IOException(
        "another daemon" + holder() + " holds " + folder.lock() + " and does not answer");
  }

  private String holder() {
    try {
      String text = Files.readString(folder.pid()).strip();
      return text.length() < 20 ? ", process " + text + "," : "";
    } catch (IOException e) {
      return "";
    }
  }

  /**
   * Leaves the number of the process, which only helps: a disk that is full is no reason to end.
   */
  private void note() {
    byte[] pid = (ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII);
    try {
      OwnerOnly.replaceCache(folder.pid(), pid);
    } catch (IOException e) {
      // Whoever is asked over the socket says it too.
    }
  }

  private void serve() throws IOException {
    note();
    HookAnswers opened = answers.get();
    RunningDaemon running = new RunningDaemon(folder, settings, build, opened, environment);
    try (opened;
        running) {
      running.open();
      running.serve();
    } finally {
      Files.deleteIfExists(folder.pid());
      running.ended();
    }
  }
}
