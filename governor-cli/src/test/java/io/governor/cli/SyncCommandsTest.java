package io.governor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.governor.collector.testing.Fault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands of sync against a collector with HTTPS: answers, exit codes, and what is kept. */
@Timeout(120)
class SyncCommandsTest extends SyncCommands {

  @Test
  void theSecretIsShownOnceAndNeverAgain() throws IOException {
    Cli.Result registered = register();

    assertThat(registered.exitCode()).as(registered.err()).isZero();
    assertThat(registered.out()).containsOnlyOnce(secret());
    assertThat(registered.err()).doesNotContain(secret());
    String state = Files.readString(root.resolve("sync-state.json"));
    String seed = state.replaceAll("(?s).*\"noise_seed\": \"([0-9a-f]{64})\".*", "$1");
    assertThat(seed).hasSize(64);
    assertThat(registered.out() + registered.err()).doesNotContain(seed);
    for (String line :
        List.of(
            "sync run --dry-run",
            "sync run",
            "sync run --json",
            "sync status",
            "sync status --json",
            "sync history --json",
            "sync update-check --json",
            "sync register --endpoint https://x.example --email a@b.example --name A",
            "status",
            "status --json",
            "config explain",
            "sync unregister")) {
      Cli.Result result = run(line.split(" ", -1));
      assertThat(result.out() + result.err()).as(line).doesNotContain(secret(), seed);
    }
  }

  @Test
  void whatIsToldAsSentIsWhatWasSent() {
    Cli.Result registered = register("--organization", "Acme", "--role", "operator", "--json");

    assertThat(registered.exitCode()).as(registered.err()).isZero();
    collector
        .registrations()
        .get(0)
        .forEach(
            (member, value) ->
                assertThat(registered.out()).contains("\"" + member + "\": \"" + value + "\""));
    assertThat(registered.out())
        .contains("\"organization\": \"Acme\"")
        .contains("\"operator_role\": \"operator\"")
        .contains("\"next_run\": {\"installation_id\": \"inst_");
  }

  @Test
  void aDryRunPrintsTheBytesThatTheRunSends() {
    register();

    String shown = run("sync", "run", "--dry-run").out();
    now = now.minus(Duration.ofHours(1));
    assertSends(run("sync", "run"));

    assertThat(new String(collector.accepted().get(0), StandardCharsets.US_ASCII)).isEqualTo(shown);
    assertThat(run("sync", "history").out()).contains("\n" + shown + "\n");
  }

  @Test
  void whatHappenedBeforeTheStartIsNotSent() {
    register("--from", "now");
    assertSends(run("sync", "run"));

    assertThat(collector.sum().values()).allMatch(count -> count == 0);
    assertThat(run("sync", "count").out()).containsPattern("POL-001 +3");
  }

  @Test
  void aStartInTheFutureIsRefused() {
    Cli.Result refused = register("--from", "2099-01-01T00:00:00Z");

    assertThat(refused.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(refused.err())
        .contains("--from: it is in the future; expected now, or what is past");
  }

  @Test
  void statusIsAboutTheInstallationThatIsAndHistoryAboutAll() throws IOException {
    register();
    assertSends(run("sync", "run"));
    Files.delete(root.resolve("sync-state.json"));
    register();

    assertThat(run("sync", "status").out()).containsPattern("Last sync +never");
    now = now.plus(Duration.ofHours(1));
    assertSends(run("sync", "run"));
    assertThat(run("sync", "status").out()).contains("1 window in all");
    assertThat(run("sync", "history").out().split("counts_by_rule", -1)).hasSize(3);
  }

  @Test
  void theEndpointMayStandInTheConfiguration() throws IOException {
    configure("  endpoint: " + collector.endpoint() + "\n");

    Cli.Result registered = run("sync", "register", "--email", "a@b.example", "--name", "A");

    assertThat(registered.exitCode()).as(registered.err()).isZero();
    assertThat(run("sync", "status").out())
        .containsPattern("Registered +yes, with " + collector.endpoint());
  }

  @Test
  void anotherEndpointInTheConfigurationIsToldAndNotAsked() throws IOException {
    register();
    configure("  endpoint: https://elsewhere.example.org\n");

    assertThat(run("sync", "status").out())
        .contains("sync.endpoint is https://elsewhere.example.org: sync register --force moves");
    assertSends(run("sync", "run"));
    assertThat(collector.sum()).containsEntry("POL-001", 3L);
  }

  @Test
  void whereNothingIsOverYetTheRegistrationStandsAndARunSaysWhen() throws IOException {
    configure("  align: day\n");

    Cli.Result registered = register("--from", "now");
    assertThat(registered.exitCode()).as(registered.err()).isZero();

    Cli.Result early = run("sync", "run");
    assertThat(early.exitCode()).as(early.err()).isZero();
    assertThat(early.out()).contains("Nothing new is sent before 2026-04-15T00:00:00Z");
    assertThat(collector.accepted()).isEmpty();
    now = now.plus(Duration.ofDays(1));
    assertSends(run("sync", "run"));
    assertThat(collector.accepted()).hasSize(1);
  }

  @Test
  void withoutAnyEndpointTheRefusalSaysBothWays() {
    Cli.Result refused = run("sync", "register", "--email", "a@b.example", "--name", "A");

    assertThat(refused.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(refused.err()).contains("--endpoint").contains("sync.endpoint");
    assertThat(collector.knocks()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"run", "update-check"})
  void whatNeedsARegistrationSaysHowToGetOne(String command) {
    Cli.Result refused = run("sync", command);

    assertThat(refused.exitCode()).isEqualTo(ExitCode.NOT_REGISTERED);
    assertThat(refused.out()).isEmpty();
    assertThat(refused.err()).contains("sync register");
    assertThat(collector.knocks()).isZero();
  }

  @Test
  void aSecretThatTheServerNoLongerKnowsIsReplacedAndNothingIsLost() {
    register();
    collector.issue(
        collector.registrations().get(0).get("installation_id"), "sgn_live_" + "x".repeat(20));

    Cli.Result refused = run("sync", "run");
    assertThat(refused.exitCode()).isEqualTo(ExitCode.AUTHORIZATION);
    assertThat(refused.err()).contains("governor sync register --force");
    assertThat(run("sync", "status").out()).containsPattern("Waiting +2026-04-14T09:00:02Z\\.\\.");
    assertThat(run("status").out()).containsPattern("Waiting +2026-04-14T09:00:02Z\\.\\.");

    assertSends(register("--force"));
    Cli.Result sent = run("sync", "run");
    assertSends(sent);
    assertThat(sent.out().lines().filter(line -> line.startsWith("Sent"))).hasSize(2);
    assertThat(collector.sum()).containsEntry("POL-001", 3L);
  }

  @Test
  void aServerThatCannotBeReachedIsTheNetworksFaultAndTheWindowWaits() {
    register();
    collector.close();

    Cli.Result refused = run("sync", "run");

    assertThat(refused.exitCode()).isEqualTo(ExitCode.NETWORK);
    assertThat(refused.out()).isEmpty();
    assertThat(run("sync", "status", "--json").out()).contains("\"waiting\": {\"number\": 1");
  }

  @Test
  void anAnswerThatWasLostCountsOnce() {
    register();
    collector.failNext(Fault.LOST_ANSWER, Fault.statusAfterEffect(500), Fault.LOST_REQUEST);
    int exitCode = ExitCode.NETWORK;
    for (int i = 0; i < 4 && exitCode != ExitCode.DONE; i++) {
      exitCode = run("sync", "run").exitCode();
    }

    assertThat(exitCode).isZero();
    assertThat(collector.sum()).containsEntry("POL-001", 3L).containsEntry("POL-005", 1L);
  }

  @Test
  void theVariableThatForbidsEveryConnectionIsToldAndKept() {
    register();
    int before = collector.knocks();
    Map<String, String> env = Map.of("GOVERNOR_NO_NETWORK", "1", "GOVERNOR_TTY", "");
    for (String line :
        List.of(
            "sync run",
            "sync update-check",
            "sync register --endpoint "
                + collector.endpoint()
                + " --email a@b.c --name A --force")) {
      Cli.Result refused = Cli.at(root).env(env).run(line.split(" ", -1));
      assertThat(refused.exitCode()).as(line).isEqualTo(ExitCode.NETWORK);
      assertThat(refused.err()).contains("GOVERNOR_NO_NETWORK is set");
    }
    assertThat(collector.knocks()).isEqualTo(before);
    assertThat(Cli.at(root).env(env).run("sync", "status").out())
        .containsPattern("Network +off: GOVERNOR_NO_NETWORK is set");
    assertThat(Cli.at(root).env(env).run("sync", "run", "--dry-run").exitCode()).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--min-count 0            | --min-count: expected a whole number from 1 to 1000000",
        "--min-count few          | --min-count: expected a whole number from 1 to 1000000",
        "--min-count 1000001      | --min-count: expected a whole number from 1 to 1000000",
        "--dp NaN                 | --dp: expected a number from 0.001 to 10 with at most 3 decimals",
        "--dp 0                   | --dp: epsilon: expected a number from 0.001 to 10",
        "--dp 0.00001             | with at most 3 decimals",
        "--align week             | --align: expected day or hour",
        "--window 2026-04-14T00:00:00Z | not a time window",
      })
  void anOptionThatCannotBeUsedSaysWhatCould(String options, String message) {
    register();
    int before = collector.knocks();

    Cli.Result refused = run(("sync run " + options.strip()).split(" ", -1));

    assertThat(refused.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(refused.err()).contains(message);
    assertThat(collector.knocks()).isEqualTo(before);
  }

  @Test
  void smallCountsWaitUntilTheyAreLargeEnough() throws IOException {
    configure("  min_count: 3\n");
    register();

    assertSends(run("sync", "run"));
    assertThat(collector.sum()).containsEntry("POL-001", 3L).containsEntry("POL-002", 0L);
    assertThat(run("sync", "status").out())
        .containsPattern("Withheld +POL-002 1, POL-003 1, POL-004 1, POL-005 1;");

    assertSends(run("sync", "run", "--min-count", "1"));
    assertThat(collector.sum()).containsEntry("POL-002", 1L).containsEntry("POL-005", 1L);
  }

  @Test
  void otherLogSourcesAndPublishedRulesAreCountedToo() throws IOException {
    Path other = Files.createDirectories(temp.resolve("other"));
    Files.writeString(
        other.resolve("t.jsonl"),
        "{\"event_id\": \"o-1\", \"event_type\": \"SCOPE_ASSERTED\", \"session_id\": \"o\","
            + " \"event_sequence_number\": 0, \"timestamp_utc\": \"2026-04-14T10:00:00.000Z\","
            + " \"policy_violations\": [\"POL-002\", \"ACME-101\"]}\n");
    configure(
        "  log_sources: ['"
            + other
            + "', '"
            + temp.resolve("none")
            + "']\n  publish: [ACME-101]\n");
    register();

    Cli.Result sent = run("sync", "run");

    assertSends(sent);
    assertThat(sent.err()).contains(temp.resolve("none") + ": nothing is there");
    assertThat(collector.sum()).containsEntry("POL-002", 2L).containsEntry("ACME-101", 1L);
    assertThat(run("sync", "count").out()).containsPattern("ACME-101 +1");
    assertThat(run("sync", "status").out())
        .contains(other.toString())
        .contains(
            "the standard rules, ACME-101, of which nothing is sent that was counted before they"
                + " were named\n");
  }

  @Test
  void aWindowThatWasSentIsRefusedAndCanBeLookedAt() {
    register();
    assertSends(run("sync", "run", "--window", "2026-04-14T09:00:00Z..2026-04-14T10:00:00Z"));

    now = now.plus(Duration.ofDays(1));
    Cli.Result refused = run("sync", "run", "--window", "2026-04-14");
    assertThat(refused.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(refused.err())
        .contains("overlaps what was sent: 2026-04-14T09:00:00Z..2026-04-14T10:00:00Z");

    Cli.Result shown = run("sync", "run", "--dry-run", "--window", "2026-04-14");
    assertThat(shown.exitCode()).isZero();
    assertThat(shown.err()).contains("a run would refuse this window");
    assertThat(shown.out()).startsWith("{\"installation_id\": \"inst_");
  }

  @Test
  void aConfigurationThatCannotBeReadStopsEverySendWithItsPlace() throws IOException {
    register();
    configure("  min_count: none\n");

    Cli.Result refused = run("sync", "run");

    assertThat(refused.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(refused.err())
        .contains("config.yaml:3:14: sync.min_count: expected a whole number from 1 to 1000000");
  }

  @Test
  void aStateThatIsDamagedIsLeftAsItIs() throws IOException {
    register();
    Path state = root.resolve("sync-state.json");
    Files.writeString(state, "{", StandardOpenOption.TRUNCATE_EXISTING);

    for (String line : List.of("sync run", "sync status", "sync unregister", "sync history")) {
      Cli.Result refused = run(line.split(" ", -1));
      assertThat(refused.exitCode()).as(line).isEqualTo(ExitCode.LOCAL_IO);
      assertThat(refused.err()).contains("sync-state.json");
    }
    assertThat(state).hasContent("{");
  }

  @Test
  void whatIsForgottenIsNotSentAndNotCountedTwiceLater() {
    register();
    assertSends(run("sync", "run"));
    Cli.Result forgotten = run("sync", "unregister");
    assertThat(forgotten.exitCode()).isZero();
    assertThat(forgotten.out()).contains(collector.endpoint());
    assertThat(run("sync", "run").exitCode()).isEqualTo(ExitCode.NOT_REGISTERED);

    register();
    assertSends(run("sync", "run"));

    assertThat(collector.sum()).containsEntry("POL-001", 3L);
  }

  @Test
  void theDemoIsRefusedOnceRegistered() {
    register();

    Cli.Result refused = run("demo");

    assertThat(refused.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(refused.err()).contains("this installation is registered");
  }
}
