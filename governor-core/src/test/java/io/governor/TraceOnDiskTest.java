package io.governor;

import static io.governor.WrittenTraces.assertChained;
import static io.governor.WrittenTraces.chain;
import static io.governor.WrittenTraces.events;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.governor.event.AdvisoryFlag;
import io.governor.event.EventType;
import io.governor.event.TraceEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceOnDiskTest {

  private static final ToolCall CALL = ToolCall.of("crm.lookup", ToolArguments.empty());

  @TempDir Path home;

  @Test
  void aTraceIsWholeLinesInTheRecordsTextForm() throws IOException {
    List<String> ids = new ArrayList<>(List.of("e1", "e2", "e3", "call", "e4"));
    try (Governor governor =
            Governor.builder()
                .stateRoot(home)
                .clock(() -> Instant.parse("2026-04-14T09:00:00.123987Z"))
                .nanoTime(() -> 0)
                .ids(() -> ids.remove(0))
                .build();
        GovernedSession session =
            governor
                .session()
                .id("s-1")
                .agent(Agent.named("bot").version("1.0").capabilities("crm.read"))
                .intent(Intent.explicit("Größe", "crm.read"))
                .open()) {
      session.start();
      session.before(CALL.withId("c1"));
    }

    String text = Files.readString(home.resolve("traces/api/s-1.jsonl"));
    assertThat(text.lines().map(WrittenTraces::withoutChain))
        .containsExactly(
            "{\"event_id\": \"e1\", \"event_type\": \"AGENT_REGISTERED\", \"session_id\": \"s-1\","
                + " \"event_sequence_number\": 1, \"previous_event_id\": null, \"agent_id\": \"bot\","
                + " \"deployment_mode\": \"vendor_managed\", \"timestamp_utc\":"
                + " \"2026-04-14T09:00:00.123Z\", \"primitive\": \"REGISTRATION\", \"payload\":"
                + " {\"agent_id\": \"bot\", \"agent_version\": \"1.0\", \"vendor_id\": null,"
                + " \"deployment_mode\": \"vendor_managed\", \"declared_capabilities\":"
                + " [\"crm.read\"], \"owner_claim\": null, \"policy_context\": null},"
                + " \"advisory_flags\": [], \"policy_violations\": [], \"simulated_consequence\":"
                + " null, \"pass_through\": true, \"governor\": {\"origin\": \"api\"}}",
            "{\"event_id\": \"e2\", \"event_type\": \"INTENT_DECLARED\", \"session_id\": \"s-1\","
                + " \"event_sequence_number\": 2, \"previous_event_id\": \"e1\", \"agent_id\":"
                + " \"bot\", \"deployment_mode\": \"vendor_managed\", \"timestamp_utc\":"
                + " \"2026-04-14T09:00:00.123Z\", \"primitive\": \"INTENT\", \"payload\":"
                + " {\"stated_objective\": \"Gr\\u00f6\\u00dfe\", \"intent_source\": \"explicit\","
                + " \"intent_confidence\": \"explicit\", \"authorization_claim\": null,"
                + " \"session_scope_hint\": [\"crm.read\"]}, \"advisory_flags\": [],"
                + " \"policy_violations\": [], \"simulated_consequence\": null, \"pass_through\":"
                + " true, \"governor\": {\"origin\": \"api\"}}",
            "{\"event_id\": \"e3\", \"event_type\": \"SCOPE_ASSERTED\", \"session_id\": \"s-1\","
                + " \"event_sequence_number\": 3, \"previous_event_id\": \"e2\", \"agent_id\":"
                + " \"bot\", \"deployment_mode\": \"vendor_managed\", \"timestamp_utc\":"
                + " \"2026-04-14T09:00:00.123Z\", \"primitive\": \"SCOPE\", \"payload\":"
                + " {\"tool_id\": \"crm.lookup\", \"asserted_permissions\": [\"read\"],"
                + " \"target_system\": \"crm\", \"operation_type\": \"READ\", \"tool_use_id\":"
                + " \"c1\"}, \"advisory_flags\": [], \"policy_violations\": [],"
                + " \"simulated_consequence\": null, \"pass_through\": true, \"governor\":"
                + " {\"origin\": \"api\", \"call_id\": \"c1\", \"verdict\": \"allow\", \"enforced\":"
                + " false, \"latency_us\": 0}}");
    assertThat(text).endsWith("\n").isASCII();
    assertChained(text, 0);
  }

  @Test
  void everythingIsTheOwnersAlone() throws IOException {
    assumeTrue(home.getFileSystem().supportedFileAttributeViews().contains("posix"));
    Path root = home.resolve("deep/root");
    try (Governor governor = Governor.builder().stateRoot(root).build();
        GovernedSession exclusive = governor.session().id("a").open();
        GovernedSession shared = governor.session().id("b").shared().open()) {
      exclusive.start();
      shared.start();
    }

    Map<String, String> modes = new TreeMap<>();
    Files.walkFileTree(
        home.resolve("deep"),
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes)
              throws IOException {
            return visitFile(dir, attributes);
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            modes.put(
                home.relativize(file).toString(),
                PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
            return FileVisitResult.CONTINUE;
          }
        });
    modes.forEach(
        (file, mode) -> {
          boolean directory = Files.isDirectory(home.resolve(file));
          assertThat(mode).as(file).isEqualTo(directory ? "rwx------" : "rw-------");
        });
    assertThat(modes.keySet())
        .contains(
            "deep/root/heads.log",
            "deep/root/traces/api/a.jsonl",
            "deep/root/traces/api/b.jsonl",
            "deep/root/traces/api/b.lock",
            "deep/root/traces/api/b.state",
            "deep/root/traces/api/a.lock");
  }

  @Test
  void aSessionGoesOnInAnotherGovernorWithUnbrokenSequenceLinkAndChain() throws IOException {
    record("s", 2);
    record("s", 3);

    List<TraceEvent> events = events(file("s"));
    assertThat(events).hasSize(2 + 5);
    SessionRecordingTest.assertUnbroken(events);
    assertChained(Files.readString(file("s")), 0);
  }

  @Test
  void aLateCallOnAClosedSessionDoesNotSpoilItsIdForTheNextRun() throws IOException {
    try (Governor governor = Governor.builder().stateRoot(home).build()) {
      GovernedSession first = governor.session().id("chat-1").open();
      Decision decision = first.before(CALL);
      first.close();
      first.after(decision.call(), ToolResult.ofText("late"));

      try (GovernedSession next = governor.session().id("chat-1").open()) {
        assertThat(next).isNotSameAs(first);
        next.before(CALL);
        first.before(CALL);
        assertThat(governor.session().id("chat-1").open()).isSameAs(next);
        next.before(CALL);
      }
      assertThat(governor.health().lost()).containsExactly(Map.entry("closed", 2L));
      assertThat(governor.health().openSessions()).isZero();
    }

    List<TraceEvent> events = events(file("chat-1"));
    assertThat(events).hasSize(3 + 2);
    SessionRecordingTest.assertUnbroken(events);
    assertChained(Files.readString(file("chat-1")), 0);
  }

  @Test
  void aTornLastLineIsClosedAndNeverCutOrJoined() throws IOException {
    record("s", 1);
    String torn = "{\"event_id\": \"torn\", \"event_type\": \"SCOPE_ASS";
    Files.writeString(file("s"), torn, StandardOpenOption.APPEND);

    record("s", 1);

    List<String> lines = Files.readAllLines(file("s"));
    assertThat(lines).hasSize(2 + 2 + 1);
    assertThat(lines.get(3)).isEqualTo(torn);
    SessionRecordingTest.assertUnbroken(events(file("s")));
  }

  @Test
  void twoWritersOfOneSessionWriteSideBySide() throws IOException {
    try (Governor first = Governor.builder().stateRoot(home).build();
        Governor second = Governor.builder().stateRoot(home).build();
        GovernedSession one = first.session().id("s").open();
        GovernedSession other = second.session().id("s").open()) {
      one.before(CALL);
      other.before(CALL);
      one.before(CALL);
    }

    assertThat(events(file("s"))).hasSize(4);
    assertThat(events(home.resolve("traces/api/s+2.jsonl"))).hasSize(3);
    assertChained(Files.readString(home.resolve("traces/api/s+2.jsonl")), 0);
  }

  @Test
  void aSessionWhoseIdNobodyElseHasNeedsNoLock() throws IOException {
    try (Governor governor = Governor.builder().stateRoot(home).build();
        GovernedSession named = governor.session().id("run-1").unique().open();
        GovernedSession random = governor.session().open()) {
      named.before(CALL);
      random.before(CALL);
    }

    try (Stream<Path> files = Files.list(home.resolve("traces/api"))) {
      assertThat(files.map(Path::toString)).hasSize(2).allMatch(file -> file.endsWith(".jsonl"));
    }
  }

  @Test
  void governorsThatShareASessionTakeTurnsInOneFile() throws IOException {
    try (Governor first = Governor.builder().stateRoot(home).build();
        Governor second = Governor.builder().stateRoot(home).build();
        GovernedSession one = first.session().id("s").shared().open();
        GovernedSession other = second.session().id("s").shared().open()) {
      for (int i = 0; i < 5; i++) {
        one.before(CALL);
        other.before(CALL);
      }
    }

    List<TraceEvent> events = events(file("s"));
    assertThat(events).hasSize(2 + 10);
    SessionRecordingTest.assertUnbroken(events);
    assertChained(Files.readString(file("s")), 0);
  }

  @Test
  void anInterruptedThreadLosesNothing() throws IOException {
    try (Governor governor = Governor.builder().stateRoot(home).build();
        GovernedSession session = governor.session().id("s").open()) {
      for (int i = 0; i < 50; i++) {
        Thread.currentThread().interrupt();
        session.before(CALL);
        assertThat(Thread.interrupted()).isTrue();
      }
      assertThat(governor.health().lost()).isEmpty();
    }
    SessionRecordingTest.assertUnbroken(events(file("s")));
    assertThat(events(file("s"))).hasSize(52);
  }

  @Test
  void moreSessionsThanDescriptorsShareWhatThereIs() throws IOException {
    int sessions = 600;
    try (Governor governor = Governor.builder().stateRoot(home).build()) {
      List<GovernedSession> open = new ArrayList<>();
      for (int i = 0; i < sessions; i++) {
        open.add(governor.session().id("s" + i).open());
      }
      for (int round = 0; round < 2; round++) {
        open.forEach(session -> session.before(CALL));
      }
      assertThat(openFilesBelow(home)).isLessThan(2 * 300);
      assertThat(governor.health().lost()).isEmpty();
    }
    for (int i = 0; i < sessions; i++) {
      SessionRecordingTest.assertUnbroken(events(file("s" + i)));
      assertThat(events(file("s" + i))).hasSize(4);
      assertChained(Files.readString(file("s" + i)), 0);
    }
  }

  private static long openFilesBelow(Path folder) throws IOException {
    Path descriptors = Path.of("/proc/self/fd");
    if (!Files.isDirectory(descriptors)) {
      return 0;
    }
    try (Stream<Path> links = Files.list(descriptors)) {
      return links.filter(link -> pointsBelow(link, folder)).count();
    }
  }

  private static boolean pointsBelow(Path link, Path folder) {
    try {
      return Files.readSymbolicLink(link).startsWith(folder);
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void aHomeThatCannotBeWrittenLeavesTheAgentAlone() throws IOException {
    Path occupied = Files.writeString(home.resolve("occupied"), "a file, not a directory");
    try (StandardError warnings = StandardError.capture();
        Governor governor = Governor.builder().stateRoot(occupied.resolve("root")).build();
        GovernedSession session = governor.session().open()) {
      Decision decision = session.before(CALL);
      session.after(decision.call(), ToolResult.ofText("ok"));

      assertThat(decision.action()).isEqualTo(Action.PROCEED);
      assertThat(governor.health().lost().values()).containsExactly(4L);
      assertThat(warnings.lines().filter(line -> line.contains("GOVERNANCE_ERROR"))).hasSize(1);
    }
    assertThat(Files.readString(occupied)).isEqualTo("a file, not a directory");
  }

  @Test
  void aTailThatWasCutOffDoesNotResumeAsIfNothingHadHappened() throws IOException {
    record("s", 3);
    List<String> lines = Files.readAllLines(file("s"));
    Files.write(file("s"), lines.subList(0, 3), StandardCharsets.UTF_8);

    record("s", 1);

    List<TraceEvent> events = events(file("s"));
    assertThat(events).hasSize(4);
    String lastGood = chain(events.get(2)).hash();
    assertThat(chain(events.get(3)).prev()).isNotEqualTo(lastGood);
  }

  @Test
  void whereTheNameLeadsElsewhereNothingIsWritten() throws IOException {
    Path outside = Files.createFile(home.resolve("outside"));
    Path trace = file("s");
    Files.createDirectories(Objects.requireNonNull(trace.getParent()));
    Files.createSymbolicLink(trace, outside);

    try (Governor governor = Governor.builder().stateRoot(home).build();
        GovernedSession session = governor.session().id("s").open()) {
      session.before(CALL);
      assertThat(governor.health().written()).isZero();
    }
    assertThat(Files.size(outside)).isZero();
  }

  @ParameterizedTest(name = "state kept: {0}")
  @ValueSource(booleans = {true, false})
  void whichCallsAreBlockedIsKnownToTheNextProcess(boolean stateKept) throws IOException {
    Rule deny = Rule.named("TST-001").tools("wipe").mode(Mode.ENFORCE).deny();
    for (String tool : List.of("wipe", "read", "wipe")) {
      ToolCall call = ToolCall.of(tool, ToolArguments.empty()).withId("call-1");
      inAnotherProcess(deny, session -> session.before(call));
      if (!stateKept) {
        Files.delete(home.resolve("traces/api/s.state"));
      }
      inAnotherProcess(deny, session -> session.after(call, ToolResult.ofText("done")));
    }

    assertThat(events(home.resolve("traces/api/s.jsonl")))
        .filteredOn(event -> event.type().equals(EventType.CONTEXT_SNAPSHOT))
        .extracting(event -> event.flags().contains(AdvisoryFlag.ENFORCEMENT_BYPASSED))
        .containsExactly(true, false, true);
  }

  private void inAnotherProcess(Rule rule, Consumer<GovernedSession> use) {
    try (Governor governor = Governor.builder().stateRoot(home).rules(rule).build()) {
      use.accept(governor.session().id("s").shared().open());
    }
  }

  private void record(String session, int calls) {
    try (Governor governor = Governor.builder().stateRoot(home).build();
        GovernedSession opened = governor.session().id(session).open()) {
      for (int i = 0; i < calls; i++) {
        opened.before(CALL);
      }
    }
  }

  private Path file(String session) {
    return home.resolve("traces/api/" + session + ".jsonl");
  }
}
