package io.governor.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.governor.RuleId;
import io.governor.config.ConfigFile;
import io.governor.file.OwnerOnly;
import io.governor.file.StateRoot;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** What an operator may write about counting and sending, and what is said about the rest. */
class SyncConfigTest {

  private static final String PIN_A = "sha256/" + "A".repeat(43) + "=";
  private static final String PIN_B = "sha256/" + "b".repeat(43) + "=";

  @TempDir Path temp;
  private Path stateRoot = Path.of("");

  @BeforeEach
  void ownFolder() throws IOException {
    stateRoot = temp.resolve("state");
    OwnerOnly.createDirectories(stateRoot);
  }

  private Path write(String text) throws IOException {
    return Files.writeString(stateRoot.resolve(ConfigFile.NAME), text);
  }

  @Test
  void without_a_file_counts_are_exact_and_nothing_is_scheduled() throws Exception {
    SyncConfig config = SyncConfig.read(stateRoot);

    assertThat(config)
        .isEqualTo(
            new SyncConfig(
                null, ConnectionSettings.DEFAULT, List.of(), Set.of(), 1, null, null, null));
    assertThat(SyncConfig.read(temp.resolve("missing"))).isEqualTo(config);
  }

  @Test
  void every_setting_is_read() throws Exception {
    write(
        """
        sync:
          endpoint: https://collector.example.org/v1
          allow_loopback_http: true
          ca_file: team/ca.pem
          pins: [%s, %s]
          proxy: proxy.example.org:3128
          log_sources: [~/.sentience/traces, /var/agents, more/one.jsonl]
          publish: [ACME-101, ACME-102]
          min_count: 5
          dp: {epsilon: 0.25, daily_budget: 2}
          align: hour
          schedule: {every: PT30M}
        """
            .formatted(PIN_A, PIN_B));

    assertThat(SyncConfig.read(stateRoot))
        .isEqualTo(
            new SyncConfig(
                Endpoint.parse("https://collector.example.org/v1"),
                new ConnectionSettings(
                    true,
                    stateRoot.resolve("team/ca.pem"),
                    List.of(PIN_A, PIN_B),
                    "proxy.example.org:3128"),
                List.of(
                    StateRoot.userHome().resolve(".sentience/traces"),
                    Path.of("/var/agents"),
                    stateRoot.resolve("more/one.jsonl")),
                Set.of(RuleId.of("ACME-101"), RuleId.of("ACME-102")),
                5,
                new NoiseBudget(new BigDecimal("0.25"), new BigDecimal("2")),
                Alignment.HOUR,
                Duration.ofMinutes(30)));
  }

  @Test
  void an_epsilon_alone_is_a_budget_of_one_window_a_day() throws Exception {
    write("sync: {dp: {epsilon: 0.5}}\n");

    assertThat(SyncConfig.read(stateRoot).noise()).isEqualTo(NoiseBudget.of(new BigDecimal("0.5")));
  }

  @ParameterizedTest(name = "{0}")
  @CsvFileSource(
      resources = "config-problems.tsv",
      delimiter = '\t',
      quoteCharacter = '\0',
      numLinesToSkip = 1)
  void what_is_wrong_is_said_with_its_place(String document, String problems) throws IOException {
    Path file = write(document.replace("\\n", "\n").replace("PIN", PIN_A));

    SyncException refused =
        catchThrowableOfType(SyncException.class, () -> SyncConfig.read(stateRoot));

    assertThat(refused.kind()).isEqualTo(SyncException.Kind.INPUT);
    assertThat(refused).hasMessage(problems.replace("@", file + ":").replace("\\n", "\n"));
  }

  @Test
  void a_file_that_others_can_write_is_a_matter_of_local_files() throws IOException {
    Path file = write("sync: {min_count: 5}\n");
    Files.setPosixFilePermissions(stateRoot, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));

    SyncException refused =
        catchThrowableOfType(SyncException.class, () -> SyncConfig.read(stateRoot));

    assertThat(refused.kind()).isEqualTo(SyncException.Kind.LOCAL_FILES);
    assertThat(refused).hasMessageContaining(file + ": expected a file that only its owner can");
  }
}
