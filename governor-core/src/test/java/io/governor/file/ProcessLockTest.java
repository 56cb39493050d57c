package io.governor.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
      running.add(
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-XX:TieredStopAtLevel=1",
                  "-XX:+UseSerialGC",
                  "-cp",
                  System.getProperty("java.class.path"),
                  Counter.class.getName(),
                  folder.toString(),
                  String.valueOf(turns))
              .inheritIO()
              .start());
    }
    for (Process process : running) {
      assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
      assertThat(process.exitValue()).isZero();
    }

    assertThat(Files.readString(counter)).isEqualTo(String.valueOf(processes * turns));
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
