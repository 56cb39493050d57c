package io.governor.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessLockTest {

  @TempDir Path folder;

  @Test
  void aLockIsHeldByOneUntilItIsGivenBack() throws IOException {
    Path path = folder.resolve("s.lock");
    ProcessLock first = ProcessLock.tryAcquire(path);
    assertThat(first).isNotNull();
    assertThat(ProcessLock.tryAcquire(path)).isNull();

    first.close();

    ProcessLock second = ProcessLock.tryAcquire(path);
    assertThat(second).isNotNull();
    second.close();
  }

  /** Closing any channel of the file would drop the lock, and the operating system tells nobody. */
  @Test
  void whoIsRefusedInAnotherClassLoaderLeavesTheLockToItsHolder() throws Exception {
    Path path = folder.resolve("s.lock");
    try (ProcessLock held = ProcessLock.tryAcquire(path);
        URLClassLoader other = AnotherLoader.open()) {
      assertThat(held).isNotNull();

      assertThat(tryAcquire(other, path)).isNull();

      assertThat(start(Asker.class, path.toString()).waitFor()).isEqualTo(Asker.REFUSED);
    }
  }

  @Test
  void aLockGoesFromOneClassLoaderToAnother() throws Exception {
    Path path = folder.resolve("s.lock");
    try (URLClassLoader other = AnotherLoader.open()) {
      Objects.requireNonNull(ProcessLock.tryAcquire(path)).close();
      try (AutoCloseable theirs = tryAcquire(other, path)) {
        assertThat(theirs).isNotNull();
        assertThat(ProcessLock.tryAcquire(path)).isNull();
      }
      ProcessLock again = ProcessLock.tryAcquire(path);
      assertThat(again).isNotNull();
      again.close();
    }
  }

  private static AutoCloseable tryAcquire(ClassLoader loader, Path path)
      throws ReflectiveOperationException {
    Class<?> type = Class.forName(ProcessLock.class.getName(), true, loader);
    assertThat(type).isNotSameAs(ProcessLock.class);
    return (AutoCloseable) type.getMethod("tryAcquire", Path.class).invoke(null, path);
  }

  /** Says whether it gets the lock. */
  static final class Asker {
    private static final int REFUSED = 3;

    private Asker() {}

    public static void main(String[] args) throws IOException {
      System.exit(ProcessLock.tryAcquire(Path.of(args[0])) == null ? REFUSED : 0);
    }
  }

  /**
   * Lock files stay: they were once removed by their last holder, and inode numbers that came back
   * let two processes hold one session, which this test found by counting less than it should.
   */
  @Test
  void processesTakeTurns() throws Exception {
    int processes = 3;
    int turns = 300;
    Path counter = Files.writeString(folder.resolve("counter"), "0");
    List<Process> running = new ArrayList<>();
    for (int i = 0; i < processes; i++) {
      running.add(start(Counter.class, folder.toString(), String.valueOf(turns)));
    }
    for (Process process : running) {
      assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
      assertThat(process.exitValue()).isZero();
    }

    assertThat(Files.readString(counter)).isEqualTo(String.valueOf(processes * turns));
  }

  private static Process start(Class<?> main, String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).inheritIO().start();
  }

  /** Adds one to a file, under the lock, again and again. */
  static final class Counter {
    private Counter() {}

    public static void main(String[] args) throws IOException {
      Path folder = Path.of(args[0]);
      Path counter = folder.resolve("counter");
      for (int i = 0; i < Integer.parseInt(args[1]); i++) {
        ProcessLock lock = ProcessLock.await(folder.resolve("s.lock"), Duration.ofMinutes(1));
        Files.writeString(counter, String.valueOf(Integer.parseInt(Files.readString(counter)) + 1));
        lock.close();
      }
    }
  }
}
