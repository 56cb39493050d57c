package io.governor.hooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class HookFailuresTest {

  private static final Instant NOON = Instant.parse("2026-04-14T12:00:00Z");

  @TempDir Path home;

  @Test
  void nothingWentWrongWhereThereIsNoFile() throws IOException {
    HookFailures.Summary summary = HookFailures.at(home.resolve("state")).read();

    assertThat(summary.total()).isZero();
    assertThat(summary.latest()).isNull();
    assertThat(home.resolve("state")).doesNotExist();
  }

  @Test
  void aPayloadThatIsRecordedLeavesNoFailure() {
    HookBench bench = new HookBench(home);

    bench.run(HookBench.before("Read", "{}"));
    bench.run("");

    assertThat(home.resolve(HookFailures.FILE)).doesNotExist();
  }

  @Test
  void whatHooksCouldNotDoAddsUpByReason() {
    HookBench bench = new HookBench(home);

    bench.run("no JSON");
    bench.run(HookBench.event("PreToolUse"));
    bench.run(HookBench.end(home));

    HookFailures.Summary failures = bench.failures();
    assertThat(failures.byReason())
        .containsExactly(Map.entry("payload", 2L), Map.entry("transcript", 1L));
    assertThat(failures.more()).isFalse();
  }

  @Test
  void aLossThatTheNextEventTellsIsNotCountedTwice() {
    HookBench bench = new HookBench(home);

    bench.run(HookBench.event("SessionStart"));
    bench.run(HookBench.before("t".repeat(70_000), "{}"));

    assertThat(bench.failures().total()).isZero();
  }

  @Test
  void aTraceThatCannotBeHadIsCountedHere() throws IOException {
    HookBench bench = new HookBench(home);
    Files.createDirectories(bench.trace());

    bench.run(HookBench.event("SessionStart"));

    assertThat(bench.failures().byReason()).containsExactly(Map.entry("io", 2L));
  }

  @Test
  void whatCannotBeWrittenDownIsKnownToBeMissing() throws IOException {
    Files.createDirectory(home.resolve(HookFailures.FILE));

    assertThatThrownBy(
            () -> HookFailures.at(home).add("codex", new TreeMap<>(Map.of("io", 1L)), NOON))
        .isInstanceOf(IOException.class);

    HookFailures.Summary failures = HookFailures.at(home).read();
    assertThat(failures.total()).isZero();
    assertThat(failures.more()).isTrue();
    assertThat(failures.latest()).isNotNull();
    assertThat(home.resolve(HookFailures.FILE + ".unwritten")).isEmptyFile();
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void theFileIsItsOwnersAloneAndHoldsNothingOfThePayload() throws IOException {
    HookBench bench = new HookBench(home.resolve("state"));

    bench.run("{\"session_id\": \"canary\", \"x\": NaN}");

    Path file = home.resolve("state").resolve(HookFailures.FILE);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(Files.readString(file)).doesNotContain("canary").endsWith("}\n");
  }

  @Test
  void theFileIsBoundedAndSaysSo() throws IOException {
    HookFailures failures = HookFailures.at(home);
    Path file = home.resolve(HookFailures.FILE);
    Files.writeString(file, (" ".repeat(1023) + "\n").repeat(256));

    failures.add("claude-code", new TreeMap<>(Map.of("io", 1L)), NOON);

    assertThat(Files.size(file)).isEqualTo(256 * 1024);
    assertThat(failures.read().more()).isTrue();
  }

  @Test
  void linesThatAreTornOrForeignArePassedOver() throws IOException {
    HookFailures failures = HookFailures.at(home);
    failures.add("claude-code", new TreeMap<>(Map.of("io", 2L)), NOON);
    String line = Files.readString(home.resolve(HookFailures.FILE));
    String foreign = "{\"at\": \"yesterday\", \"failures\": {\"io\": 9}}\n[]\n{\"fail\n\u00ff\n";
    Files.writeString(home.resolve(HookFailures.FILE), line + foreign + line);

    assertThat(failures.read().byReason()).containsExactly(Map.entry("io", 4L));
    assertThat(failures.read().latest()).isEqualTo(NOON);
  }

  @Test
  void writersSideBySideLoseNothing() throws Exception {
    List<Thread> writers = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      writers.add(new Thread(this::addFifty));
    }
    writers.forEach(Thread::start);
    for (Thread writer : writers) {
      writer.join();
    }

    assertThat(HookFailures.at(home).read().total()).isEqualTo(200);
  }

  private void addFifty() {
    try {
      for (int i = 0; i < 50; i++) {
        HookFailures.at(home).add("claude-code", new TreeMap<>(Map.of("io", 1L)), NOON);
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
