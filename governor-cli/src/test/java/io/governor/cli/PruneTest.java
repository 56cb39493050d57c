package io.governor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Traces that are old enough to go. */
class PruneTest {

  @TempDir private Path temp;

  private Path root;
  private Path old;

  @BeforeEach
  void record() throws IOException {
    root = temp.resolve("state");
    StateRoots.make("support", root);
    old = root.resolve("traces/langchain4j/ticket-4711.jsonl");
    age(old, 31);
  }

  private static void age(Path file, int days) throws IOException {
    Instant last = Instant.now().minus(Duration.ofDays(days));
    Files.setLastModifiedTime(file, FileTime.from(last));
  }

  private Cli.Result run(String... args) {
    return Cli.at(root).run(args);
  }

  @Test
  void aDryRunNamesWhatWouldGoAndLeavesIt() {
    Cli.Result result = run("prune", "--dry-run");

    assertThat(result.exitCode()).isZero();
    assertThat(result.out()).contains("age", "1 file of ", " would be removed; 2 files of ");
    assertThat(old).exists();
  }

  @Test
  void whatIsOldGoesAndVerifyDoesNotMissIt() {
    assertThat(run("prune", "--json").out())
        .contains("\"file\": \"" + old + "\"", "\"reason\": \"age\"", "\"files_left\": 2");
    assertThat(old).doesNotExist();

    Cli.Result verified = run("verify");

    assertThat(verified.exitCode()).isZero();
    assertThat(verified.out()).isEqualTo("2 files, 11 lines: intact.\n");
  }

  @Test
  void whereTheInstallationIsRegisteredNothingGoesBeforeItWasCounted() throws IOException {
    root = temp.resolve("registered");
    StateRoots.make("registered", root);
    old = root.resolve("traces/langchain4j/ticket-4711.jsonl");
    age(old, 31);

    Cli.Result result = run("prune");

    assertThat(result.exitCode()).isZero();
    assertThat(result.out())
        .isEqualTo(
            "0 files of 0 bytes removed, 1 kept that is not counted yet; 3 files of 15396 bytes"
                + " left.\n");
    assertThat(old).exists();
  }

  @Test
  void theFileSaysHowLong() throws IOException {
    Files.writeString(root.resolve("config.yaml"), "traces: {retention_days: 32}\n");
    assertThat(run("prune").out()).startsWith("0 files of 0 bytes removed; 3 files");

    Files.writeString(root.resolve("config.yaml"), "traces: {retention_days: 500}\n");
    Cli.Result refused = run("prune");

    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.err())
        .contains("config.yaml:1:26: traces.retention_days: expected a whole number from 1 to 365");
    assertThat(old).exists();
  }
}
