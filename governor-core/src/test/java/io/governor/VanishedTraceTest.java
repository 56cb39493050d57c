package io.governor;

import static io.governor.WrittenTraces.assertChained;
import static io.governor.WrittenTraces.chain;
import static io.governor.WrittenTraces.events;
import static org.assertj.core.api.Assertions.assertThat;

import io.governor.event.EventType;
import io.governor.event.TraceEvent;
import io.governor.trace.ChainReport;
import io.governor.trace.ChainVerifier;
import io.governor.trace.TraceVerifier;
import io.governor.trace.VerifyFinding;
import io.governor.trace.VerifyFinding.Kind;
import io.governor.trace.VerifyReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Traces that are removed while sessions write to them. */
class VanishedTraceTest {

  private static final ToolCall CALL = ToolCall.of("crm.lookup", ToolArguments.empty());

  @TempDir Path home;

  @ParameterizedTest(name = "unique id: {0}")
  @ValueSource(booleans = {true, false})
  void aHomeThatVanishesUnderASessionIsNoticedCountedAndBegunAnew(boolean unique) throws Exception {
    Path root = home.resolve("root");
    Path trace = root.resolve("traces/api/s.jsonl");
    AtomicLong calls = new AtomicLong();
    Governor governor = Governor.builder().stateRoot(root).build();
    try (governor;
        StandardError warnings = StandardError.capture();
        GovernedSession session = session(governor.session().id("s"), unique)) {
      session.before(CALL);
      deleteTree(root);
      org.awaitility.Awaitility.await()
          .atMost(java.time.Duration.ofSeconds(20))
          .until(
              () -> {
                session.before(CALL);
                calls.incrementAndGet();
                return Files.exists(trace);
              });
      session.before(CALL);
      assertThat(warnings.lines().filter(line -> line.contains("GOVERNANCE_ERROR"))).hasSize(1);
    }

    List<TraceEvent> events = events(trace);
    assertThat(events).hasSize(2 + 2).first().matches(first -> isRegistration(first));
    SessionRecordingTest.assertUnbroken(events);
    assertChained(Files.readString(trace), 0);
    // Two first events, the call before, and all calls after it but the last one of the loop.
    Map<String, Long> gone = Map.of("missing", 2 + 1 + calls.get() - 1);
    assertThat(lost(events.get(0))).isEqualTo(gone);
    assertThat(governor.health().lost()).isEqualTo(gone);
    assertThat(governor.health().untold()).isEmpty();
    assertThat(governor.health().written()).isEqualTo(4);
    assertThat(Files.readString(root.resolve("heads.log")))
        .contains("\"lines\": 4", Objects.requireNonNull(chain(events.get(3)).hash()));
  }

  private static GovernedSession session(SessionBuilder builder, boolean unique) {
    return (unique ? builder.unique() : builder).open();
  }

  private static boolean isRegistration(TraceEvent event) {
    return event.type().equals(EventType.AGENT_REGISTERED);
  }

  private static Map<String, Long> lost(TraceEvent event) {
    return Objects.requireNonNull(event.governor()).lost();
  }

  @Test
  void whatWasWrittenIntoARemovedHomeIsCountedBeforeTheSessionIsClosed() throws Exception {
    Path root = home.resolve("root");
    try (Governor governor = Governor.builder().stateRoot(root).build();
        StandardError warnings = StandardError.capture()) {
      GovernedSession session = governor.session().open();
      session.before(CALL);
      deleteTree(root);
      session.close();

      GovernorHealth health = governor.health();
      assertThat(health.lost()).containsExactly(Map.entry("missing", 3L));
      assertThat(health.untold()).containsExactly(Map.entry("missing", 3L));
      assertThat(health.written()).isZero();
      assertThat(warnings.lines().filter(line -> line.contains("GOVERNANCE_ERROR"))).hasSize(1);
    }
    assertThat(root).doesNotExist();
  }

  @ParameterizedTest(name = "shared: {0}")
  @ValueSource(booleans = {true, false})
  void aHomeThatVanishesWhileACallIsJudgedLeavesNoLinkToWhatIsNowhere(boolean shared)
      throws Exception {
    Path root = home.resolve("root");
    Rule removing =
        Rule.named("TST-001")
            .tools("wipe")
            .when(
                facts -> {
                  deleteTree(root);
                  return false;
                })
            .warn();
    Governor governor = Governor.builder().stateRoot(root).rules(removing).build();
    try (governor) {
      GovernedSession session = governor.session().id("s").shared().open();
      if (!shared) {
        session = governor.session().id("own").open();
      }
      session.before(ToolCall.of("wipe", ToolArguments.empty()));
      session.closeIdle();
      assertThat(governor.health().lost()).containsExactly(Map.entry("missing", 3L));

      session.before(CALL);
    }

    List<TraceEvent> events =
        events(root.resolve(shared ? "traces/api/s.jsonl" : "traces/api/own.jsonl"));
    assertThat(events).hasSize(3);
    SessionRecordingTest.assertUnbroken(events);
    assertThat(lost(events.get(0))).containsExactly(Map.entry("missing", 3L));
    assertThat(governor.health().written()).isEqualTo(3);
  }

  @Test
  void aTraceThatIsRemovedWhileItsSessionIsIdleIsBegunAnewAndItsChainRemembersIt()
      throws Exception {
    String recorded;
    try (Governor governor = Governor.builder().stateRoot(home).build();
        GovernedSession session = governor.session().id("s").open()) {
      session.before(CALL);
      session.closeIdle();
      recorded = Objects.requireNonNull(chain(events(file("s")).get(2)).hash());
      Files.delete(file("s"));
      session.before(CALL);

      assertThat(governor.health().lost()).isEmpty();
    }
    List<TraceEvent> events = events(file("s"));
    assertThat(events).hasSize(3).first().matches(first -> isRegistration(first));
    SessionRecordingTest.assertUnbroken(events);
    assertThat(chain(events.get(0)).prev()).isEqualTo(recorded);
    assertThat(ChainVerifier.verify(file("s")).status()).isEqualTo(ChainReport.Status.TAMPERED);
    VerifyReport report = TraceVerifier.of(home).verify();
    assertThat(report.findings()).extracting(VerifyFinding::kind).containsExactly(Kind.MISSING);
  }

  @Test
  void sessionsWithoutADescriptorNoticeThatTheirTraceIsGone() throws Exception {
    int sessions = 300;
    Path root = home.resolve("root");
    Governor governor = Governor.builder().stateRoot(root).build();
    try (governor;
        StandardError warnings = StandardError.capture()) {
      List<GovernedSession> open = new ArrayList<>();
      for (int i = 0; i < sessions; i++) {
        open.add(governor.session().id("s" + i).open());
      }
      open.forEach(session -> session.before(CALL));
      deleteTree(root);
      open.forEach(session -> session.before(CALL));
      open.forEach(GovernedSession::close);
      assertThat(warnings.lines().filter(line -> line.contains("GOVERNANCE_ERROR"))).hasSize(1);
    }

    for (int i = 0; i < sessions; i++) {
      List<TraceEvent> events = events(root.resolve("traces/api/s" + i + ".jsonl"));
      assertThat(events).hasSize(3);
      SessionRecordingTest.assertUnbroken(events);
    }
    // The first ones gave their descriptors up before, when their events were seen on record.
    long seen = 3L * (sessions - 256);
    assertThat(governor.health().lost()).isEqualTo(Map.of("missing", 3L * sessions - seen));
    assertThat(governor.health().written()).isEqualTo(3L * sessions + seen);
  }

  private static void deleteTree(Path root) {
    try (Stream<Path> paths = Files.walk(root)) {
      for (Path path : paths.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private Path file(String session) {
    return home.resolve("traces/api/" + session + ".jsonl");
  }
}
