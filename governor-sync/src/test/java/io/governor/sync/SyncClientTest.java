package io.governor.sync;

import static io.governor.sync.Events.NOON;
import static io.governor.sync.Events.event;
import static io.governor.sync.Events.line;
import static io.governor.sync.Events.trace;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.governor.RuleId;
import io.governor.trace.TraceSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SyncClientTest {

  private static final Instant NOW = Instant.parse("2026-04-15T08:00:00Z");
  private static final String ID = "inst_00000000-0000-4000-8000-00000000abcd";

  /** Permissions have names of sockets and open none; class loaders look at them. */
  private static final Pattern COULD_CONNECT =
      Pattern.compile(
          "class,load\\]"
              + " (java\\.net\\.(Inet|\\S*Socket(?!Permission)|http)|javax\\.net\\.|sun\\.nio\\.ch\\.\\S*(Socket|Datagram))");

  @TempDir Path root;

  @Test
  void the_whole_body_of_a_dry_run_from_the_traces_below_the_state_root() throws SyncException {
    trace(
        root.resolve("traces/claude-code/a.jsonl"),
        line(event("s", "e1", NOON.plusMillis(417), "POL-001", "ACME-101")),
        line(event("s", "e2", NOON.plusSeconds(9), "POL-001", "POL-004")));
    trace(root.resolve("traces/mcp/b.jsonl"), line(event("t", "e1", NOON.plusSeconds(3))));

    DryRun run = client().dryRun();

    assertThat(text(run))
        .isEqualTo(
            "{\"installation_id\": null, \"runtime_version\": \""
                + RuntimeVersion.current()
                + "\", \"window_start\": \"2026-04-14T12:00:00Z\","
                + " \"window_end\": \"2026-04-15T08:00:00Z\","
                + " \"counts_by_rule\": {\"POL-001\": 2, \"POL-002\": 0, \"POL-003\": 0,"
                + " \"POL-004\": 1, \"POL-005\": 0}}");
    assertThat(run.report().unpublished()).isEqualTo(1);
    assertThat(run.report().events()).isEqualTo(3);
  }

  @Test
  void sources_window_and_published_rules_can_be_given() throws SyncException {
    trace(root.resolve("traces/mcp/not-asked-for.jsonl"), line("e0", "POL-005"));
    Path file =
        trace(
            root.resolve("elsewhere/t.jsonl"),
            line(event("s", "e1", NOON, "POL-001", "ACME-101")),
            line(event("s", "e2", NOON.plusSeconds(86_400), "POL-001")));

    DryRun run =
        client()
            .dryRun(
                RunOptions.DEFAULT
                    .from(List.of(TraceSource.of(file)))
                    .within(TimeWindow.parse("2026-04-14"))
                    .publishing(Set.of(RuleId.of("ACME-101"))));

    assertThat(text(run))
        .endsWith(
            "\"window_start\": \"2026-04-14T00:00:00Z\","
                + " \"window_end\": \"2026-04-15T00:00:00Z\","
                + " \"counts_by_rule\": {\"ACME-101\": 1, \"POL-001\": 1, \"POL-002\": 0,"
                + " \"POL-003\": 0, \"POL-004\": 0, \"POL-005\": 0}}");
  }

  @Test
  void a_state_root_that_does_not_exist_yet_gives_zeros_and_stays_away() throws SyncException {
    Path none = root.resolve("none");

    DryRun run = SyncClient.at(none, InstantSource.fixed(NOW)).dryRun();

    assertThat(run.payload().countsByRule()).isEqualTo(RuleCounts.zero(List.of()));
    assertThat(run.payload().windowStart()).isEqualTo(NOW.minusSeconds(1));
    assertThat(run.payload().windowEnd()).isEqualTo(NOW);
    assertThat(none).doesNotExist();
  }

  @Test
  void a_dry_run_leaves_every_file_as_it_is() throws SyncException, IOException {
    trace(root.resolve("traces/mcp/t.jsonl"), line("e1", "POL-001"), "{torn");
    state("{\"installation_id\": \"" + ID + "\"}");
    List<String> before = listing();

    client().dryRun();

    assertThat(listing()).isEqualTo(before);
  }

  @ParameterizedTest
  @CsvSource({
    // now, the only event, start, end
    "12:00:00,     11:59:59.999, 11:59:59, 12:00:00",
    "12:00:00.001, 12:00:00,     12:00:00, 12:00:01",
    "12:00:00.500, 12:00:00.500, 12:00:00, 12:00:01",
    "12:00:00,     12:00:00,     11:59:59, 12:00:00",
    "12:00:00,     13:30:00.700, 11:59:59, 12:00:00",
  })
  void the_window_of_everything_ends_now_in_whole_seconds_whatever_the_events_say(
      String now, String stamp, String start, String end) throws SyncException {
    trace(root.resolve("traces/mcp/t.jsonl"), line(event("s", "e", at(stamp), "POL-001")));

    SyncPayload payload = SyncClient.at(root, InstantSource.fixed(at(now))).dryRun().payload();

    assertThat(payload.windowStart()).isEqualTo(at(start));
    assertThat(payload.windowEnd()).isEqualTo(at(end));
    assertThat(payload.countsByRule().of(RuleId.of("POL-001"))).isEqualTo(1);
  }

  @Test
  void stamps_at_the_ends_of_time_still_make_a_window() throws SyncException {
    trace(
        root.resolve("traces/mcp/t.jsonl"),
        line("e1", "POL-001").replace("2026-04-14T12:00:00.000Z", "0000-01-01T00:00:00+23:00"),
        line("e2", "POL-001").replace("2026-04-14T12:00:00.000Z", "9999-12-31T23:59:59-23:00"));

    SyncPayload payload = client().dryRun().payload();

    assertThat(payload.windowStart()).isEqualTo("0000-01-01T00:00:00Z");
    assertThat(payload.windowEnd()).isEqualTo(NOW);
    assertThat(payload.countsByRule().of(RuleId.of("POL-001"))).isEqualTo(2);
  }

  @Test
  void a_registered_installation_is_named_and_its_secret_is_not() throws SyncException {
    String secret = "sgn_live_" + "0123456789abcdef";
    state(
        "{\"installation_id\": \"%s\", \"installation_secret\": \"%s\", \"contact\": {}}"
            .formatted(ID, secret));

    DryRun run = client().dryRun();

    assertThat(run.payload().installationId()).isEqualTo(ID);
    assertThat(text(run)).startsWith("{\"installation_id\": \"" + ID + "\", ");
    assertThat(text(run) + run).doesNotContain(secret);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{`installation_id`: `me`}|: installation_id: not an installation id",
        "{`installation_id`: 7}|: installation_id: not an installation id",
        "{`installation_id`: null}|: no installation_id",
        "{}|: no installation_id",
        "[]|: not an object",
        "{`installation_id`|:1:19: ends before the document is complete",
        "|:1:1: the document is empty",
      })
  void a_broken_sync_state_is_named_by_its_place_and_not_quoted(String state, String reason)
      throws SyncException {
    state(state == null ? "" : state.replace('`', '"'));

    SyncException failure = catchThrowableOfType(SyncException.class, () -> client().dryRun());

    assertThat(failure.kind()).isEqualTo(SyncException.Kind.LOCAL_FILES);
    assertThat(failure)
        .hasMessageStartingWith(root.resolve("sync-state.json") + reason)
        .hasMessageEndingWith(
            "; expected a JSON object whose member installation_id is inst_ and a UUID in lower"
                + " case")
        .message()
        .doesNotContain("\"me\"");
  }

  @ParameterizedTest
  @CsvSource({
    "false, ''",
    "false, ', `installation_secret`: null'",
    "false, ', `installation_secret`: ``'",
    "true, ', `installation_secret`: `not-a-real-one`'"
  })
  void an_installation_is_registered_once_its_state_holds_a_secret(boolean registered, String more)
      throws SyncException {
    assertThat(client().isRegistered()).isFalse();

    state(("{`installation_id`: `" + ID + "`" + more + "}").replace('`', '"'));

    assertThat(client().isRegistered()).isEqualTo(registered);
  }

  @Test
  void a_broken_sync_state_does_not_tell_whether_it_is_registered() {
    state("{\"installation_secret\": \"not-a-real-one\"}");

    SyncException failure =
        catchThrowableOfType(SyncException.class, () -> client().isRegistered());

    assertThat(failure).hasMessageContaining(": no installation_id");
    assertThat(failure.getMessage()).doesNotContain("not-a-real-one");
  }

  @Test
  void a_sync_state_that_is_no_file_is_named() throws IOException {
    Files.createDirectory(root.resolve("sync-state.json"));

    SyncException failure = catchThrowableOfType(SyncException.class, () -> client().dryRun());

    assertThat(failure).hasMessageStartingWith("cannot read " + root.resolve("sync-state.json"));
    assertThat(failure.kind()).isEqualTo(SyncException.Kind.LOCAL_FILES);
  }

  @Test
  void a_dry_run_does_not_so_much_as_load_a_class_that_could_connect() throws Exception {
    trace(root.resolve("traces/mcp/t.jsonl"), line("e1", "POL-001"));

    ForkedJava.Result result =
        ForkedJava.run(List.of("-Xlog:class+load:stdout"), DryRunMain.class, root.toString());

    assertThat(result.exitCode()).as(result.output()).isZero();
    assertThat(result.output().contains("class,load] io.governor.sync.SyncPayload ")).isTrue();
    assertThat(result.output().lines().filter(line -> line.startsWith("{")))
        .singleElement()
        .asString()
        .contains("\"POL-001\": 1");
    assertThat(connecting(result)).isSubsetOf(connecting(readingOneFile()));
  }

  /** Java 25 comes with a socket class in the company of its file channels; that is not ours. */
  private ForkedJava.Result readingOneFile() throws Exception {
    Path file = root.resolve("traces/mcp/t.jsonl");
    return ForkedJava.run(List.of("-Xlog:class+load:stdout"), ReadFileMain.class, file.toString());
  }

  private static List<String> connecting(ForkedJava.Result result) {
    return result
        .output()
        .lines()
        .filter(COULD_CONNECT.asPredicate())
        .map(line -> line.replaceAll(".*class,load\\] (\\S+).*", "$1"))
        .toList();
  }

  private SyncClient client() {
    return SyncClient.at(root, InstantSource.fixed(NOW));
  }

  private void state(String json) {
    try {
      Files.writeString(root.resolve("sync-state.json"), json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<String> listing() throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .sorted()
          .map(
              file -> {
                try {
                  return file
                      + " "
                      + Files.getLastModifiedTime(file)
                      + (Files.isRegularFile(file) ? Files.readString(file) : "");
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              })
          .toList();
    }
  }

  private static Instant at(String time) {
    return Instant.parse("2026-04-14T" + time + "Z");
  }

  private static String text(DryRun run) {
    return new String(run.body(), StandardCharsets.US_ASCII);
  }
}
