package io.governor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.governor.event.TraceEvent;
import io.governor.file.Faults;
import io.governor.file.FaultyFiles;
import io.governor.trace.Durability;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When records are forced to the disk, and what becomes of those that cannot be written. */
class DurabilityTest {

  private static final ToolCall CALL = ToolCall.of("crm.lookup", ToolArguments.empty());
  private static final String FORCE = "force s.jsonl";

  @TempDir Path home;

  private final Faults faults = new Faults();
  private Path root;

  @BeforeEach
  void makeRoot() throws IOException {
    root = Files.createDirectory(home.resolve("root"));
  }

  private GovernorBuilder builder() {
    return Governor.builder().stateRoot(FaultyFiles.at(root, faults));
  }

  private List<TraceEvent> events() throws IOException {
    return WrittenTraces.events(root.resolve("traces/api/s.jsonl"));
  }

  @Test
  void nothingIsForcedUnlessItIsAskedFor() {
    try (Governor governor = builder().build();
        GovernedSession session = governor.session().id("s").open()) {
      session.before(CALL);
    }
    assertThat(faults.count(FORCE)).isZero();
  }

  @Test
  void aRecordThatIsAlwaysForcedIsOnTheDiskWhenTheCallGoesOn() {
    try (Governor governor = builder().durability(Durability.ALWAYS).build();
        GovernedSession session = governor.session().id("s").open()) {
      session.before(CALL);
      assertThat(faults.count(FORCE)).isEqualTo(3);
      session.before(CALL);
      assertThat(faults.count(FORCE)).isEqualTo(4);
    }
  }

  @Test
  void aNewFileIsForcedWithAllNamesThatLeadToIt() {
    try (Governor governor = builder().durability(Durability.ALWAYS).build();
        GovernedSession session = governor.session().id("s").open()) {
      session.before(CALL);
      for (String directory : List.of("api", "traces", "root", home.getFileName().toString())) {
        assertThat(faults.count("force " + directory)).as(directory).isPositive();
      }
      long names = faults.count("force api");
      session.before(CALL);
      assertThat(faults.count("force api")).isEqualTo(names);
    }
  }

  @Test
  void aGroupIsForcedSoonByItselfAndInFewerStepsThanItHasRecords() {
    try (Governor governor = builder().durability(Durability.GROUP).build();
        GovernedSession session = governor.session().id("s").open()) {
      for (int i = 0; i < 1000; i++) {
        session.before(CALL);
      }
      long soFar = faults.count(FORCE);
      assertThat(soFar).isLessThan(500);
      session.before(CALL);
      Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> faults.count(FORCE) > soFar);
    }
  }

  private static List<Thread> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("governor-flush"))
        .toList();
  }

  @Test
  void whatIsLeftOfAGroupIsForcedByTheEndOfTheGovernorAndItsThreadEnds() {
    Governor governor = builder().durability(Durability.GROUP).build();
    governor.session().id("s").open().before(CALL);
    assertThat(threads()).isNotEmpty();

    governor.close();

    assertThat(faults.count(FORCE)).isPositive();
    Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> threads().isEmpty());
  }

  @Test
  void aGroupOfASessionThatProcessesShareIsForcedAtTheEndOfEachUseWithoutAThread() {
    try (Governor governor = builder().durability(Durability.GROUP).build()) {
      GovernedSession session = governor.session().id("s").shared().open();
      session.before(CALL);
      assertThat(faults.count(FORCE)).isEqualTo(1);
      session.before(CALL);
      assertThat(faults.count(FORCE)).isEqualTo(2);
      assertThat(faults.count("force s.state")).isZero();
      session.leave();
    }
  }

  @ParameterizedTest
  @CsvSource({"ALWAYS", "GROUP"})
  void whatCannotBeForcedIsWrittenAllTheSameAndToldOnce(Durability durability) throws Exception {
    faults.fail("force");
    Governor governor = builder().durability(durability).build();
    try (StandardError warnings = StandardError.capture()) {
      try (governor;
          GovernedSession session = governor.session().id("s").open()) {
        session.before(CALL);
        session.before(CALL);
      }
      assertThat(warnings.lines().filter(line -> line.contains("could not be forced"))).hasSize(1);
    }
    assertThat(events()).hasSize(4);
    assertThat(governor.health().written()).isEqualTo(4);
    assertThat(governor.health().lost()).isEmpty();
    assertThat(governor.health().sinkFailures()).isPositive();
  }

  @Test
  void theStateRootsConfigurationSaysItUnlessTheHostDoes() throws IOException {
    Files.writeString(root.resolve("config.yaml"), "traces: {fsync: always}\n");
    try (Governor governor = builder().build();
        GovernedSession session = governor.session().id("s").open()) {
      session.before(CALL);
      assertThat(faults.count(FORCE)).isEqualTo(3);
    }
    try (Governor governor = builder().durability(Durability.OS).build();
        GovernedSession session = governor.session().id("s").open()) {
      session.before(CALL);
      assertThat(faults.count(FORCE)).isEqualTo(3);
    }
  }

  @Test
  void whatTheConfigurationSaysWronglyIsToldWhenTheGovernorIsBuilt() throws IOException {
    Path config = Files.writeString(root.resolve("config.yaml"), "traces: {fsync: never}\n");

    assertThatThrownBy(() -> Governor.builder().stateRoot(root).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(config + ":1:17: traces.fsync: expected os, group or always");
  }

  @ParameterizedTest
  @CsvSource({
    "write s.jsonl, disk_full",
    "open s.jsonl, too_many_open_files",
    "open s.lock, too_many_open_files",
    "look at s.jsonl, io",
    "lock s.lock, io"
  })
  void aLossIsToldWithItsReasonByTheNextEventThatCanBeWritten(String call, String reason)
      throws Exception {
    try (Governor governor = builder().build();
        StandardError warnings = StandardError.capture();
        GovernedSession session = governor.session().id("s").open()) {
      session.before(CALL);
      session.closeIdle();
      faults.fail(call);
      assertThat(session.before(CALL).action()).isEqualTo(Action.PROCEED);
      assertThat(session.before(CALL).action()).isEqualTo(Action.PROCEED);
      faults.disarm();
      session.before(CALL);

      assertThat(governor.health().lost()).isEqualTo(Map.of(reason, 2L));
      assertThat(warnings.lines().filter(line -> line.contains("GOVERNANCE_ERROR"))).hasSize(1);
    }
    List<TraceEvent> events = events();
    SessionRecordingTest.assertUnbroken(events);
    assertThat(events).hasSize(4);
    assertThat(Objects.requireNonNull(events.get(3).governor()).lost())
        .isEqualTo(Map.of(reason, 2L));
  }
}
