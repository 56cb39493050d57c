package io.governor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.governor.config.ConfigFile;
import io.governor.file.OwnerOnly;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each value of the configuration, and where it comes from. */
class ConfigExplainTest {

  @TempDir Path temp;
  private Path stateRoot = Path.of("");

  /**
   * The build gives all tests a state root on the command line, which comes before the variable.
   */
  private final @Nullable String before = System.clearProperty("governor.home");

  @AfterEach
  void asBefore() {
    if (before != null) {
      System.setProperty("governor.home", before);
    }
  }

  @BeforeEach
  void ownFolder() throws IOException {
    stateRoot = temp.resolve("state");
    OwnerOnly.createDirectories(stateRoot);
  }

  private Cli.Result explain(String... more) {
    String[] args = new String[2 + more.length];
    args[0] = "config";
    args[1] = "explain";
    System.arraycopy(more, 0, args, 2, more.length);
    return Cli.at(stateRoot)
        .env(Map.of("GOVERNOR_HOME", stateRoot.toString(), "GOVERNOR_TTY", ""))
        .run(args);
  }

  private void write(String text) throws IOException {
    Files.writeString(stateRoot.resolve(ConfigFile.NAME), text);
  }

  @Test
  void everyValueSaysWhereItComesFrom() throws IOException {
    write("hooks:\n  on_failure: closed\n  daemon: {idle: PT5M}\n");

    Cli.Result result = explain();

    assertThat(result.err()).isEmpty();
    assertThat(result.exitCode()).isZero();
    assertThat(result.out())
        .contains("environment, GOVERNOR_HOME")
        .containsPattern("hooks.on_failure +closed +file, config.yaml:2:15")
        .containsPattern("hooks.daemon.idle +PT5M +file, config.yaml:3:18")
        .containsPattern("hooks.daemon.http +false +default");
  }

  @Test
  void jsonHasTheSame() throws IOException {
    write("hooks: {owner_claim: false}\n");

    assertThat(explain("--json").out())
        .contains(
            "{\"setting\": \"hooks.owner_claim\", \"value\": false, \"meaning\": \"false\","
                + " \"origin\": \"file\", \"at\": \"config.yaml:1:22\"}");
  }

  @Test
  void whatIsSaidAboutSendingSaysWhereItComesFrom() throws IOException {
    write(
        """
        sync:
          endpoint: https://Collector.example.org/
          log_sources: [~/.sentience/traces, more]
          publish: [ACME-101]
          dp: {epsilon: 0.5}
          schedule: {every: PT30M}
        """);

    assertThat(explain().out())
        .containsPattern("sync.publish +ACME-101 +file, config.yaml:4:12")
        .containsPattern("sync.min_count +1: no count is withheld +default")
        .containsPattern("sync.dp.epsilon +0.5 +file, config.yaml:5:17")
        .containsPattern("sync.schedule.every +PT30M +file, config.yaml:6:21")
        .containsPattern("network +used when a sync is run +default");
    assertThat(explain("--json").out())
        .contains("\"setting\": \"sync.endpoint\", \"value\": \"https://collector.example.org\"")
        .contains("/.sentience/traces\", \"more\"]")
        .contains(
            "{\"setting\": \"sync.publish\", \"value\": [\"ACME-101\"],"
                + " \"meaning\": \"ACME-101\", \"origin\": \"file\","
                + " \"at\": \"config.yaml:4:12\"}");
  }

  @Test
  void theVariableThatKeepsEverySenderFromSendingIsAnOrigin() {
    Cli.Result result =
        Cli.at(stateRoot)
            .env(Map.of("GOVERNOR_NO_NETWORK", "1", "GOVERNOR_TTY", ""))
            .run("config", "explain", "--json");

    assertThat(result.out())
        .contains("{\"setting\": \"network\", \"value\": false,")
        .contains("\"origin\": \"environment\", \"at\": \"GOVERNOR_NO_NETWORK\"}");
  }

  @Test
  void whatNobodyKnowsIsBadInput() throws IOException {
    write("hooks: {owner: false}\ntraces: {durable: 1}\n");

    Cli.Result result = explain();

    assertThat(result.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).contains("config.yaml:2:10: traces.durable: unknown key");
  }
}
