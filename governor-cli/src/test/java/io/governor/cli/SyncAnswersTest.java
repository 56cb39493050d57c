package io.governor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.governor.collector.testing.Fault;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the commands of sync say, and what they exit with. */
@Timeout(120)
class SyncAnswersTest extends SyncCommands {

  /** The same command an hour later would be about another window. */
  private Cli.Result runAtOnce(String... args) {
    now = now.minus(Duration.ofHours(1));
    return run(args);
  }

  private String accepted(int number) {
    return new String(collector.accepted().get(number), StandardCharsets.US_ASCII);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--dp 0.01",
        "--align hour",
        "--align day",
        "--min-count 3",
        "--dp 0.5 --min-count 3"
      })
  void aDryRunShowsTheBytesOfTheFirstRunWhateverTheBlur(String options) {
    register();
    String[] run = ("sync run " + options).split(" ", -1);

    String shown = run(joined(run, "--dry-run")).out();
    assertSends(runAtOnce(run));

    assertThat(accepted(0)).isEqualTo(shown);
  }

  @Test
  void beforeTheRegistrationADryRunIsAlignedAndItsNoiseIsStillToCome() {
    Cli.Result aligned = run("sync", "run", "--dry-run", "--align", "hour");
    Cli.Result noisy = runAtOnce("sync", "run", "--dry-run", "--align", "hour", "--dp", "0.01");

    assertThat(aligned.out())
        .contains("\"window_start\": \"2026-04-14T09:00:00Z\"")
        .contains("\"window_end\": \"2026-04-14T13:00:00Z\"");
    assertThat(aligned.err()).isEmpty();
    assertThat(noisy.out()).isEqualTo(aligned.out());
    assertThat(noisy.err())
        .isEqualTo(
            "these counts are exact: the noise is drawn from a secret that the registration"
                + " makes\n");
  }

  @Test
  void whereNothingIsDueARunAndADryRunAreDoneAndSaySo() {
    register();
    assertSends(run("sync", "run", "--align", "day"));

    Cli.Result sent = run("sync", "run", "--align", "day");
    Cli.Result shown = run("sync", "run", "--align", "day", "--dry-run");

    assertThat(sent.exitCode()).isZero();
    assertThat(sent.out())
        .isEqualTo(
            "Nothing new is sent before 2026-04-15T00:00:00Z, when the next window is due.\n");
    assertThat(shown.exitCode()).isZero();
    assertThat(shown.out()).isEmpty();
    assertThat(shown.err())
        .isEqualTo(
            "a run would send nothing new before 2026-04-15T00:00:00Z, when the next window is"
                + " due\n");
    assertThat(run("sync", "run", "--align", "day", "--json").out())
        .contains("\"nothing_before\": \"2026-04-15T00:00:00Z\", \"reason\": \"not_due\"");
  }

  @Test
  void aBudgetThatIsUsedUpIsNoMistakeOfWhoAsksAndSaysWhenItIsBack() {
    register();
    assertSends(run("sync", "run", "--dp", "1"));

    Cli.Result sent = run("sync", "run", "--dp", "1");
    Cli.Result shown = run("sync", "run", "--dp", "1", "--dry-run");

    String until =
        "before 2026-04-15T00:00:00Z: until then the day's budget of differential privacy is used"
            + " up; nothing is lost, and what is new is counted then";
    assertThat(sent.exitCode()).isEqualTo(ExitCode.FOUND);
    assertThat(sent.out()).isEqualTo("Nothing new is sent " + until + ".\n");
    assertThat(shown.exitCode()).isEqualTo(ExitCode.FOUND);
    assertThat(shown.out()).isEmpty();
    assertThat(shown.err()).isEqualTo("a run would send nothing new " + until + "\n");
    assertThat(collector.accepted()).hasSize(1);
    now = Instant.parse("2026-04-15T00:00:00Z");
    assertSends(run("sync", "run", "--dp", "1"));
  }

  @Test
  void whatWaitsIsWhatARunWouldSendWhereNothingNewIsDue() {
    register();
    collector.failNext(Fault.statusAfterEffect(400));
    assertThat(run("sync", "run", "--align", "day").exitCode()).isEqualTo(ExitCode.NETWORK);

    Cli.Result shown = run("sync", "run", "--align", "day", "--dry-run");
    assertSends(run("sync", "run", "--align", "day"));

    assertThat(shown.exitCode()).isZero();
    assertThat(shown.out()).isEqualTo(accepted(0));
    assertThat(shown.err()).startsWith("a run would send this window again, which waits\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--window 2026-04-14T09:00:00.5Z..2026-04-14T10:00:00Z"
            + "| its start has a fraction of a second, and windows are of whole seconds; write",
        "--window 2026-04-14T09:00:00Z..2026-04-14T10:00:00.001Z"
            + "| its end has a fraction of a second, and windows are of whole seconds; write",
        "--window 2026-04-14"
            + "| ends in the future, and what is still to happen cannot be counted; the latest end"
            + " is now, 2026-04-14T14:00:00Z",
        "--window 2026-04-14T09:00:00Z..2026-04-14T10:00:00Z --align day"
            + "| --window and --align do not go together, for a window that is asked for is taken as"
            + " it is: leave one of them out",
      })
  void aWindowThatCannotBeIsRefusedByRunAndDryRunAlike(String options, String message) {
    register();
    int before = collector.knocks();
    String[] run = ("sync run " + options.strip()).split(" ", -1);

    for (Cli.Result refused : List.of(run(run), runAtOnce(joined(run, "--dry-run")))) {
      assertThat(refused.exitCode()).isEqualTo(ExitCode.USAGE);
      assertThat(refused.out()).isEmpty();
      assertThat(refused.err()).contains(message);
    }
    assertThat(collector.knocks()).isEqualTo(before);
  }

  @Test
  void aConfiguredAlignmentIsLeftAsideByAWindowThatIsAskedFor() throws IOException {
    configure("  align: day\n");
    register();

    assertSends(run("sync", "run", "--window", "2026-04-14T09:00:00Z..2026-04-14T10:00:00Z"));

    assertThat(accepted(0)).contains("\"window_end\": \"2026-04-14T10:00:00Z\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"2026-04-14T09:00:00.123Z", "yesterday", "2026-04-14"})
  void aStartThatCannotBeSaysWhatCould(String from) {
    Cli.Result refused = register("--from", from);

    assertThat(refused.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(refused.err())
        .contains(
            "--from: expected now, or an RFC 3339 instant in whole seconds, such as"
                + " 2026-04-14T00:00:00Z");
    assertThat(collector.registrations()).isEmpty();
  }

  @Test
  void whatIsLeftOutOfTheFirstRunIsNotCountedInWhatItWillCover() {
    now = now.plusMillis(417);
    Cli.Result registered = register("--from", "now");

    assertThat(registered.out())
        .contains("What the first run will cover\n")
        .contains("\n0 events so far; what happened before 2026-04-14T13:00:00.417Z is left out\n");
    assertSends(run("sync", "run"));
    assertThat(accepted(0)).contains("\"window_start\": \"2026-04-14T13:00:00Z\"");
  }

  @Test
  void whatIsRegisteredAgainSaysWhatTheNextRunCovers() {
    register();
    assertSends(run("sync", "run"));
    collector.failNext(Fault.statusAfterEffect(400));
    assertThat(run("sync", "run").exitCode()).isEqualTo(ExitCode.NETWORK);

    Cli.Result again = register("--force");

    assertThat(again.out())
        .startsWith("Registered again with ")
        .contains(
            "What the next run will cover\n\n"
                + "First the window 2026-04-14T14:00:00Z..2026-04-14T15:00:00Z again, which waits."
                + " Then:\n\n"
                + "0 new events so far, since 2026-04-14T15:00:00Z\n")
        .doesNotContain("first run");
  }

  @Test
  void aWindowThatWaitsIsNamedWhenTheServerIsForgotten() {
    register();
    collector.failNext(Fault.statusAfterEffect(400));
    assertThat(run("sync", "run").exitCode()).isEqualTo(ExitCode.NETWORK);

    Cli.Result forgotten = run("sync", "unregister");
    Cli.Result again = run("sync", "unregister");

    assertThat(forgotten.out())
        .contains(
            "The window 2026-04-14T09:00:02Z..2026-04-14T14:00:00Z waits on: nobody knows whether\n"
                + "the server accepted it.");
    assertThat(again.exitCode()).isEqualTo(ExitCode.NOT_REGISTERED);
    assertThat(again.err())
        .isEqualTo(
            "governor: this installation is not registered: there is no server to forget, and"
                + " nothing leaves this machine\n");
    register();
    assertSends(run("sync", "run"));
    assertThat(collector.sum()).containsEntry("POL-001", 3L);
  }

  /** How often a process may try again is bounded, so a run in it may try less often. */
  @Test
  void everyAttemptIsCounted() {
    register();
    int before = collector.requests().size();
    Fault busy = Fault.status(503);
    collector.failNext(busy, busy, busy, busy);
    assertThat(run("sync", "run").exitCode()).isEqualTo(ExitCode.NETWORK);
    int tried = collector.requests().size() - before;

    assertThat(run("sync", "status").out())
        .contains(", tried " + Text.count(tried, "time") + "; the next run sends the same bytes");
    while (run("sync", "run").exitCode() != ExitCode.DONE) {
      assertThat(collector.requests().size()).isLessThanOrEqualTo(before + 5);
    }
    assertThat(run("sync", "history").out())
        .contains(" at attempt " + (collector.requests().size() - before - 1) + "\n");
  }

  @Test
  void aRuleIdThatIsNoneSaysWhatOneIs() throws IOException {
    configure("  publish: [ACME-1]\n");

    Cli.Result refused = run("sync", "run", "--dry-run");

    assertThat(refused.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(refused.err())
        .contains(
            "config.yaml:3:13: sync.publish[0]: expected a rule id: two to eight capitals or digits"
                + " starting with a capital, a dash, three to six digits, such as ACME-101\n");
  }

  @Test
  void standardInputIsCountedWithoutAWordOfOtherSources() throws IOException {
    configure("  log_sources: [" + temp.resolve("none") + "]\n");
    byte[] line =
        "{\"event_id\": \"1\", \"event_type\": \"X\", \"session_id\": \"s\"}\n"
            .getBytes(StandardCharsets.US_ASCII);

    Cli.Result counted =
        Cli.at(root).stdin(new ByteArrayInputStream(line)).run("sync", "count", "-");

    assertThat(counted.out()).contains("Events read: 1");
    assertThat(counted.err()).isEmpty();
    assertThat(run("sync", "count").err()).contains("none: nothing is there");
  }

  @Test
  void aTableOfCountsIsAsWideAsTheTerminalSays() throws IOException {
    configure("  publish: [ACME-101, ACME-102, ACME-103, ACME-104]\n");

    String narrow = Cli.at(root).run("sync", "count", "--by", "surface").out();
    String wide =
        Cli.at(root)
            .env(Map.of("COLUMNS", "120", "HOME", "/no/such/home"))
            .run("sync", "count", "--by", "surface")
            .out();

    assertThat(narrow.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThan(81));
    assertThat(narrow.lines().filter(line -> line.startsWith("SURFACE"))).hasSize(2);
    assertThat(wide.lines().filter(line -> line.startsWith("SURFACE"))).hasSize(1);
  }
}
