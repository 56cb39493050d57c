package io.governor.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.governor.cli.Cli.Result;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds of all answers, whatever the command. */
class AnswerTest {

  @TempDir Path temp;

  private Path root(String state) throws IOException {
    Path root = temp.resolve("state");
    StateRoots.make(state, root);
    return root;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"list", "status", "open", "pulse", "explain", "explain POL-001", "--help"})
  void withoutATerminalThereIsNoColour(String command) throws IOException {
    Result result = Cli.at(root("long")).run(command.split(" ", -1));

    assertThat(result.exitCode()).isZero();
    assertThat(result.out() + result.err()).doesNotContain("\u001b");
  }

  @ParameterizedTest
  @ValueSource(strings = {"list", "status", "open", "pulse", "explain", "--help"})
  void aTerminalGetsColoursUnlessNoColorIsSet(String command) throws IOException {
    Path root = root("support");

    Result coloured = Cli.at(root).env(Map.of("GOVERNOR_TTY", "out,err")).run(command);
    Result plain =
        Cli.at(root).env(Map.of("GOVERNOR_TTY", "out,err", "NO_COLOR", "1")).run(command);

    assertThat(coloured.out()).contains("\u001b[");
    assertThat(plain.out()).doesNotContain("\u001b");
    assertThat(coloured.out().replaceAll("\u001b\\[[0-9;]*m", "")).isEqualTo(plain.out());
  }

  @Test
  void onlyTheStreamThatIsWatchedIsColoured() throws IOException {
    Result result = Cli.at(root("support")).env(Map.of("GOVERNOR_TTY", "err")).run("list");

    assertThat(result.out()).doesNotContain("\u001b");
  }

  @ParameterizedTest
  @CsvSource({"long, list", "long, status", "long, pulse", "long, sync count", "tokens, pulse"})
  void tablesAreAtMostEightyColumnsWide(String state, String command) throws IOException {
    Path root = root(state);

    List<String> lines = Cli.at(root).run(command.split(" ", -1)).out().lines().toList();

    assertThat(lines)
        .filteredOn(line -> !isFact(line))
        .isNotEmpty()
        .allSatisfy(line -> assertThat(Text.width(line)).isLessThanOrEqualTo(80));
  }

  /** A name and its value, which is whole however long: people copy paths and ids. */
  private static boolean isFact(String line) {
    return line.matches("(State root|Session|Agent|Version|System) .*");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "status --json",
        "list --json",
        "open --json",
        "open --summary --json",
        "pulse --json",
        "explain --json",
        "profile view --json",
        "profile resolve a --json",
        "sync count --json",
        "sync run --dry-run --json"
      })
  void jsonIsOneObjectAlsoWhenThereIsNothing(String command) throws IOException {
    for (String state : List.of("missing", "empty")) {
      Path root = temp.resolve(state);
      StateRoots.make(state, root);

      Result result = Cli.at(root).run(command.split(" ", -1));

      assertThat(result.exitCode()).isZero();
      assertThat(result.out().strip()).startsWith("{").endsWith("}").doesNotContain("\n");
      assertThat(JsonTexts.parse(result.out())).isInstanceOf(Map.class);
    }
  }

  @Test
  void theDryRunPrintsTheBodyAndNotOneByteMore() throws IOException {
    Path root = root("support");

    Result plain = Cli.at(root).run("sync", "run", "--dry-run", "--window", "2026-04");
    Result json = Cli.at(root).run("sync", "run", "--dry-run", "--window", "2026-04", "--json");

    assertThat(plain.out())
        .startsWith("{\"installation_id\": ")
        .endsWith("}}")
        .isEqualTo(json.out());
    assertThat(plain.err()).isEmpty();
  }

  @Test
  void looksAtAStateRootWithoutMakingOne() throws IOException {
    Path root = root("missing");

    for (String command :
        List.of("status", "list", "open", "pulse", "sync count", "profile view")) {
      Cli.at(root).run(command.split(" ", -1));
    }

    assertThat(root).doesNotExist();
  }

  @Test
  void aStateRootThatIsAFileIsNamed() throws IOException {
    Path root = Files.writeString(temp.resolve("state"), "not a directory");

    for (String command : List.of("status", "list", "open", "pulse", "explain x")) {
      Result result = Cli.at(root).run(command.split(" ", -1));

      assertThat(result.exitCode()).as(command).isEqualTo(ExitCode.LOCAL_IO);
      assertThat(result.out()).isEmpty();
      assertThat(result.err())
          .isEqualTo(
              "governor: the state root is a file: "
                  + root
                  + ": set GOVERNOR_HOME to a directory\n");
    }
  }

  @Test
  void aStateRootThatIsADeviceIsNamed() {
    Path device = Path.of("/dev/null");
    assumeThat(device).exists();

    Result result = Cli.at(device).run("list");

    assertThat(result.exitCode()).isEqualTo(ExitCode.LOCAL_IO);
    assertThat(result.out()).isEmpty();
  }

  @Test
  void aFileInPlaceOfTheTracesIsNamed() throws IOException {
    Path root = Files.createDirectories(temp.resolve("state"));
    Files.writeString(root.resolve("traces"), "not a directory");

    Result result = Cli.at(root).run("list");

    assertThat(result.exitCode()).isEqualTo(ExitCode.LOCAL_IO);
    assertThat(result.err()).startsWith("governor: " + root.resolve("traces") + ": it is a file");
  }

  @ParameterizedTest
  @ValueSource(strings = {"status", "list", "open", "pulse", "explain x", "sync count"})
  void whereNobodyCanLookNobodySaysThatNothingHappened(String command) throws IOException {
    Path root = Files.createDirectories(temp.resolve("state"));
    Files.createSymbolicLink(root.resolve("traces"), Path.of("traces"));

    Result result = Cli.at(root).run(command.split(" ", -1));

    assertThat(result.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).startsWith("governor: cannot read " + root.resolve("traces") + ": ");
  }

  @Test
  void aBrokenSyncStateIsNamedAndNobodyIsCalledRegistered() throws IOException {
    Path root = root("support");
    Path state = Files.writeString(root.resolve("sync-state.json"), "{\"installation_id\"");

    Result words = Cli.at(root).run("status");
    Result json = Cli.at(root).run("status", "--json");
    Result run = Cli.at(root).run("sync", "run");

    assertThat(words.out()).contains("Registered  cannot be told: " + state + ":1:");
    assertThat(json.out())
        .contains("\"registered\": null, \"sync_state_unreadable\": \"" + state + ":1:");
    assertThat(run.exitCode()).isEqualTo(ExitCode.LOCAL_IO);
    assertThat(run.err()).startsWith("governor: " + state + ":1:");
  }

  @Test
  void asManyPlacesAreToldAsThereAre() throws IOException {
    Path trace = Files.writeString(temp.resolve("bad.jsonl"), "no event\n".repeat(1000));

    Result result = Cli.at(temp).run("sync", "count", trace.toString());

    assertThat(result.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(result.err()).contains("governor: 990 more places could not be read\n");
  }

  @Test
  void statusAndCountAgreeOnEventsOfNoSession() throws IOException {
    Path traces = root("support").resolve("traces/langchain4j");
    Files.writeString(
        traces.resolve("stray.jsonl"),
        "{\"event_type\": \"SCOPE_ASSERTED\", \"event_id\": \"e\","
            + " \"policy_violations\": [\"POL-001\"]}\n");
    Path root = temp.resolve("state");

    assertThat(Cli.at(root).run("status").out()).contains("POL-001      4");
    assertThat(Cli.at(root).run("sync", "count").out()).contains("POL-001      4");
  }

  @Test
  void aClosedStandardInputIsSaidAsSuch() {
    Result count = Cli.at(temp).env(Map.of("GOVERNOR_STDIN", "closed")).run("sync", "count", "-");
    Result hook = Cli.at(temp).env(Map.of("GOVERNOR_STDIN", "closed")).run("hook", "claude-code");

    assertThat(count.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(count.err()).isEqualTo("governor: standard input is closed\n");
    assertThat(hook.exitCode()).isZero();
    assertThat(hook.err())
        .isEqualTo("governor: hook: standard input is closed, so this tool call is not recorded\n");
  }

  @Test
  @SuppressWarnings("InputStreamSlowMultibyteRead") // nothing is ever read
  void whatDoesNotFitIntoMemoryIsSaidWithoutAStackTrace() {
    InputStream huge =
        new InputStream() {
          @Override
          public int read() {
            throw new OutOfMemoryError("Java heap space");
          }
        };

    Result result = Cli.at(temp).stdin(huge).run("sync", "count", "-");

    assertThat(result.exitCode()).isEqualTo(ExitCode.LOCAL_IO);
    assertThat(result.err()).startsWith("governor: this takes more memory than").hasLineCount(1);
  }

  @Test
  void anEmptyNameIsNoDirectory() {
    Result result = Cli.at(temp).run("open", "");

    assertThat(result.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(result.err())
        .isEqualTo("governor: an empty name: expected a trace file or a session's id\n");
  }

  @ParameterizedTest
  @CsvSource({"Broken pipe, true", "No space left on device, false"})
  void aReaderThatWentAwayIsToldFromADiskThatIsFull(String reason, boolean gone) {
    AnswerStream answers =
        new AnswerStream(
            new OutputStream() {
              @Override
              public void write(int b) throws IOException {
                throw new IOException(reason);
              }
            });

    assertThatIOException().isThrownBy(() -> answers.write(1)).withMessage(reason);
    assertThat(answers.readerIsGone()).isEqualTo(gone);
  }

  @Test
  void aTraceThatCannotBeReadIsNamedAndTheOthersAreShown() throws IOException {
    Path root = root("support");
    Path trace = root.resolve("traces/langchain4j/ticket-4711.jsonl");
    assertThat(trace.toFile().setReadable(false)).isTrue();
    assumeThat(Files.isReadable(trace)).as("the superuser can read everything").isFalse();

    Result result = Cli.at(root).run("list");

    assertThat(result.exitCode()).isZero();
    assertThat(result.out()).contains("unscoped-run").doesNotContain("ticket-4711");
    assertThat(result.err()).startsWith("governor: " + trace);
  }

  @Test
  void aTraceThatIsADanglingLinkDoesNotHideTheOthers() throws IOException {
    Path root = root("support");
    Path link = root.resolve("traces/langchain4j/aaa.jsonl");
    Files.createSymbolicLink(link, root.resolve("nowhere"));

    Result result = Cli.at(root).run("list");

    assertThat(result.exitCode()).isZero();
    assertThat(result.out()).contains("unscoped-run").contains("ticket-4711");
  }

  @Test
  void aFileOfSeveralSessionsIsShownSessionBySession() throws IOException {
    Path traces = root("support").resolve("traces/langchain4j");
    Path merged = temp.resolve("merged.jsonl");
    Files.writeString(
        merged,
        Files.readString(traces.resolve("ticket-4711.jsonl"))
            + Files.readString(traces.resolve("unscoped-run.jsonl")));

    Result shown = Cli.at(temp.resolve("elsewhere")).run("open", merged.toString());
    Result json = Cli.at(temp.resolve("elsewhere")).run("pulse", merged.toString(), "--json");

    assertThat(shown.out()).contains("SESSION: ticket-4711 |").contains("SESSION: unscoped-run |");
    assertThat(json.out()).startsWith("{\"sessions\": [{\"session_id\": \"ticket-4711\"");
  }

  @Test
  void aFileWithoutAnyEventIsBadInput() throws IOException {
    Path file = Files.writeString(temp.resolve("notes.jsonl"), "only words\n");

    Result result = Cli.at(temp).run("open", file.toString());

    assertThat(result.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(result.out()).isEmpty();
    assertThat(result.err())
        .startsWith("governor: " + file + ": it holds no event; " + file + ":1: ");
  }

  @Test
  void theIdAsTheListShortensItOpensTheSession() throws IOException {
    Path root = root("long");

    Result result = Cli.at(root).run("open", "xxxxxxxx…", "--summary");

    assertThat(result.exitCode()).isZero();
    assertThat(result.out()).startsWith("SESSION SUMMARY — xxx");
  }

  @Test
  void aSessionThatHasAnIdOnTwoSurfacesIsShownTwice() throws IOException {
    Path root = root("support");
    Path other = Files.createDirectories(root.resolve("traces/mcp"));
    Files.copy(
        root.resolve("traces/langchain4j/ticket-4711.jsonl"), other.resolve("ticket-4711.jsonl"));

    Result result = Cli.at(root).run("open", "ticket-4711", "--summary");

    assertThat(result.out().split("SESSION SUMMARY", -1)).hasSize(3);
  }

  @Test
  void nothingThatWasTypedWronglyReachesStandardOutput() throws IOException {
    Path root = root("support");

    Result result = Cli.at(root).run("sync", "count", "--window", "2026-04-14\u001b[2J");

    assertThat(result.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).doesNotContain("\u001b");
  }

  @Test
  void anArgumentThatIsNoPathIsBadInput() throws IOException {
    Result result = Cli.at(root("support")).run("sync", "count", "a\0b");

    assertThat(result.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(result.out()).isEmpty();
  }

  @Test
  void aTimeWindowMayBeCountedFromStandardInput() throws IOException {
    byte[] trace =
        Files.readAllBytes(root("support").resolve("traces/langchain4j/unscoped-run.jsonl"));

    Result result =
        Cli.at(temp.resolve("elsewhere"))
            .stdin(new java.io.ByteArrayInputStream(trace))
            .run("sync", "count", "-", "--json");

    assertThat(result.exitCode()).isZero();
    assertThat(result.out()).startsWith("{\"counts_by_rule\": {\"POL-001\": 3, \"POL-002\": 1,");
    assertThat(new String(trace, StandardCharsets.UTF_8)).contains("POL-002");
  }
}
