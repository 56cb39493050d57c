package io.governor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.governor.CallCounters.Window;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The files that processes count their calls in. */
class SharedLimitsTest {

  private static final Window THREE = new Window("three", 3, Duration.ofMinutes(1));

  @TempDir private Path folder;

  private Instant now = Instant.parse("2026-05-04T10:00:00Z");

  private CallCounters counters() {
    return new SharedCallCounters(folder, () -> now);
  }

  private boolean runs(Window window) {
    boolean[] ran = new boolean[1];
    counters()
        .count(
            List.of(window),
            full -> {
              ran[0] = !full[0];
              return ran[0];
            });
    return ran[0];
  }

  private boolean allRun(Window window, int calls) {
    boolean ran = true;
    for (int i = 0; i < calls; i++) {
      ran &= runs(window);
    }
    return ran;
  }

  private void countBeyond(Window window, int calls) {
    CallCounters counters = counters();
    for (int i = 0; i < calls; i++) {
      counters.count(List.of(window), full -> true);
    }
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".calls")).sorted().toList();
    }
  }

  private Path onlyFile() throws IOException {
    assertThat(files()).hasSize(1);
    return files().get(0);
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void filesAreTheirOwnersAlone() throws IOException {
    assertThat(runs(THREE)).isTrue();
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(onlyFile(), LinkOption.NOFOLLOW_LINKS)))
        .isEqualTo("rw-------");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 255, 256, 1_000})
  void aFileStaysWithinItsBoundHoweverManyCallsAreCounted(int calls) throws IOException {
    Window window = new Window("k", calls, Duration.ofHours(1));
    long bound = new CallLimit(calls, Duration.ofHours(1), CallLimit.Scope.AGENT).bytesOnDisk();
    long largest = 0;
    for (int i = 0; i < 30; i++) {
      countBeyond(window, 100);
      largest = Math.max(largest, Files.size(onlyFile()));
    }
    assertThat(largest).isLessThanOrEqualTo(bound);
    assertThat(bound).isEqualTo(Math.max(4_096, 16 + 16L * calls));
    assertThat(runs(window)).isFalse();
  }

  @Test
  void whatWasCountedIsExactAcrossAReplacement() {
    Window window = new Window("k", 600, Duration.ofHours(1));
    countBeyond(window, 900);
    now = now.plus(Duration.ofMinutes(30));
    countBeyond(window, 599);
    assertThat(runs(window)).as("600 within the hour").isFalse();
    now = now.plus(Duration.ofMinutes(30));
    assertThat(runs(window)).as("599 within the hour").isTrue();
    assertThat(runs(window)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 7})
  void aTornTimeIsOfACallThatDidNotRun(int bytes) throws IOException {
    assertThat(allRun(THREE, 2)).isTrue();
    Files.write(onlyFile(), new byte[bytes], StandardOpenOption.APPEND);

    assertThat(runs(THREE)).isTrue();
    assertThat(runs(THREE)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 15, 16, 23})
  void aFileWithoutAWholeTimeHasCountedNothing(int bytes) throws IOException {
    assertThat(runs(THREE)).isTrue();
    byte[] whole = Files.readAllBytes(onlyFile());
    Files.write(onlyFile(), Arrays.copyOf(whole, bytes));

    assertThat(allRun(THREE, 3)).isTrue();
    assertThat(runs(THREE)).isFalse();
  }

  @Test
  void aFileOfAnotherFormIsRefusedByItsNameAndFreesNothing() throws IOException {
    assertThat(runs(THREE)).isTrue();
    Files.writeString(onlyFile(), "1777888800000\n".repeat(4));

    assertThatThrownBy(() -> runs(THREE))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining(onlyFile() + ": expected calls that were counted");
    assertThat(runs(new Window("other", 1, Duration.ofMinutes(1)))).isTrue();
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void aLinkInPlaceOfAFileIsNotFollowed() throws IOException {
    assertThat(runs(THREE)).isTrue();
    Path file = onlyFile();
    Path elsewhere = Files.move(file, folder.resolve("elsewhere"));
    Files.createSymbolicLink(file, elsewhere);

    assertThatThrownBy(() -> runs(THREE)).hasMessageContaining("and no link to one");
  }

  @Test
  void whatALimitOfAnotherMeasureHasCountedCounts() {
    assertThat(allRun(THREE, 2)).isTrue();
    assertThat(runs(new Window("three", 2, Duration.ofMinutes(1)))).isFalse();
    Window longer = new Window("three", 3, Duration.ofHours(1));
    assertThat(runs(longer)).isTrue();
    now = now.plus(Duration.ofMinutes(2));
    assertThat(runs(longer)).isFalse();
    assertThat(runs(THREE)).isTrue();
  }

  @Test
  void aWindowGoesWhenItsCallsHaveLeftItAndNotBefore() throws IOException {
    assertThat(runs(THREE)).isTrue();
    now = now.plusSeconds(59);
    assertThat(runs(new Window("second", 1, Duration.ofSeconds(1)))).isTrue();
    assertThat(files()).hasSize(2);
    now = now.plusSeconds(61);
    assertThat(runs(new Window("third", 1, Duration.ofMinutes(5)))).isTrue();
    assertThat(files()).hasSize(1);
  }

  /** A process may be killed after the call was counted and before the file says until when. */
  @Test
  void aFileThatHintsAtNothingIsJudgedByWhatItHolds() throws IOException {
    assertThat(allRun(THREE, 3)).isTrue();
    Files.setLastModifiedTime(onlyFile(), FileTime.from(now));
    Files.writeString(folder.resolve(".half.calls.tmp"), "left by a killed process");
    now = now.plusSeconds(59);
    Files.setLastModifiedTime(folder.resolve("windows.lock"), FileTime.from(Instant.EPOCH));

    assertThat(runs(new Window("other", 1, Duration.ofMinutes(5)))).isTrue();

    assertThat(files()).hasSize(2);
    assertThat(folder.resolve(".half.calls.tmp")).doesNotExist();
    assertThat(runs(THREE)).isFalse();
  }

  @Test
  void moreWindowsThanAreKeptMakeRoomByWhatExpiresFirst() throws IOException {
    for (int i = 0; i < 10; i++) {
      Window window = new Window("k" + i, 1, Duration.ofHours(1 + i));
      WindowFolder room = new WindowFolder(folder, 4);
      now = now.plusSeconds(60);
      new SharedCallCounters(room, () -> now).count(List.of(window), full -> true);
      assertThat(files()).hasSizeLessThanOrEqualTo(4);
    }
    assertThat(runs(new Window("k9", 1, Duration.ofHours(10)))).isFalse();
  }

  @Test
  void anInterruptedThreadIsCounted() {
    Window window = new Window("k", 300, Duration.ofHours(1));
    for (int i = 0; i < 300; i++) {
      Thread.currentThread().interrupt();
      boolean ran = runs(window);
      assertThat(Thread.interrupted()).isTrue();
      assertThat(ran).isTrue();
    }
    assertThat(runs(window)).isFalse();
  }

  @Test
  void threadsOfProcessesThatShareAStateRootShareTheLimit() throws Exception {
    int limit = 200;
    List<Process> processes = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      processes.add(start("together", limit));
    }
    int ran = 0;
    for (Process process : processes) {
      ran += process.getInputStream().readAllBytes().length;
      assertThat(process.waitFor()).isZero();
    }
    assertThat(ran).isEqualTo(limit);
  }

  /** Every kill may cost the limit the call that was being counted, and gives none away. */
  @Test
  void aProcessThatIsKilledHasCountedAtLeastTheCallsItLetThrough() throws Exception {
    int limit = 20_000;
    int kills = 4;
    int ran = 0;
    for (int i = 0; i < kills; i++) {
      ran += killedAfter(start("alone", limit), 300 + 700 * i);
    }
    Process last = start("alone", limit);
    ran += last.getInputStream().readAllBytes().length;
    assertThat(last.waitFor()).isZero();

    assertThat(ran).isBetween(limit - kills, limit);
  }

  @Test
  void aProcessThatIsKilledWhileItReplacesTheFileLosesNoneOfTheCallsThatFillTheWindow()
      throws Exception {
    now = InstantSource.system().instant();
    Window window = OneProcess.window(300);
    for (int i = 0; i < 4; i++) {
      assertThat(killedAfter(start("beyond", 300), 1_000 + 77 * i)).isGreaterThan(300);
      assertThat(runs(window)).isFalse();
    }
    now = now.plus(Duration.ofHours(1)).minusSeconds(1);
    assertThat(Files.size(onlyFile())).isBetween(16 + 8L * 300, 16 + 8L * 600 + 7);
  }

  private Process start(String how, int limit) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            OneProcess.class.getName(),
            folder.toString(),
            how,
            String.valueOf(limit))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  /** How many calls the process let through, all told, before it died. */
  private static int killedAfter(Process process, int calls) throws Exception {
    try {
      int seen = process.getInputStream().readNBytes(calls).length;
      // Unlike the process itself, its handle leaves the stream open.
      process.toHandle().destroyForcibly();
      return seen + process.getInputStream().readAllBytes().length;
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  /** Says a byte for every call that ran. */
  static final class OneProcess {

    private OneProcess() {}

    static Window window(int limit) {
      return new Window("installation", limit, Duration.ofHours(1));
    }

    public static void main(String[] args) throws InterruptedException {
      CallCounters counters = new SharedCallCounters(Path.of(args[0]), InstantSource.system());
      Window window = window(Integer.parseInt(args[2]));
      switch (args[1]) {
        case "together" -> together(counters, window);
        case "alone" -> untilFull(counters, window);
        default -> {
          while (true) {
            counters.count(List.of(window), full -> true);
            said();
          }
        }
      }
    }

    private static void untilFull(CallCounters counters, Window window) {
      while (runs(counters, window)) {
        said();
      }
    }

    private static void together(CallCounters counters, Window window) throws InterruptedException {
      AtomicInteger failed = new AtomicInteger();
      List<Thread> threads = new ArrayList<>();
      for (int i = 0; i < 16; i++) {
        Thread thread = new Thread(() -> untilFull(counters, window));
        thread.setUncaughtExceptionHandler((died, failure) -> failed.incrementAndGet());
        thread.start();
        threads.add(thread);
      }
      for (Thread thread : threads) {
        thread.join();
      }
      System.exit(failed.get());
    }

    private static boolean runs(CallCounters counters, Window window) {
      Boolean[] ran = new Boolean[1];
      counters.count(
          List.of(window),
          full -> {
            ran[0] = !full[0];
            return ran[0];
          });
      return Objects.requireNonNull(ran[0]);
    }

    private static void said() {
      System.out.write('.');
      System.out.flush();
    }
  }
}
