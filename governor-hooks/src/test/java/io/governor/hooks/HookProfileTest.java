package io.governor.hooks;

import static org.assertj.core.api.Assertions.assertThat;

import io.governor.event.AdvisoryFlag;
import io.governor.event.EventPayload.AgentRegistered;
import io.governor.event.EventType;
import io.governor.event.TraceEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A session keeps the profile it began with, over hooks that know nothing of one another. */
class HookProfileTest {

  private static final String FIRST_WRITE = "session_intent: {demand_at: first_write}\n";

  @TempDir Path home;
  private HookBench bench;

  @BeforeEach
  void aBench() {
    bench = new HookBench(home);
  }

  @Test
  void theFirstWriteOfASessionIsRecordedOnceAndAReadDoesNotUseItUp() throws IOException {
    profile(FIRST_WRITE);

    bench.run(HookBench.before("Read", "{}"));
    bench.run(HookBench.before("Write", "{}"));
    bench.run(HookBench.before("Read", "{}"));
    bench.run(HookBench.before("Bash", "{\"command\": \"rm x\"}"));
    bench.run(HookBench.before("Write", "{}"));

    assertThat(scopes().stream().map(TraceEvent::violations))
        .containsExactly(
            List.of("POL-001"), List.of("POL-001"), List.of("POL-001"), List.of(), List.of());
    assertThat(scopes()).allSatisfy(scope -> assertThat(scope.flags()).isNotEmpty());
  }

  @Test
  void taskBoundariesAreSeenAcrossHooks() throws IOException {
    profile("task_boundary: {signals: [time_gap], time_gap_seconds: 60}\n");

    bench.run(HookBench.before("Read", "{}"));
    bench.pass(Duration.ofMillis(59_999));
    bench.run(HookBench.before("Read", "{}"));
    bench.pass(Duration.ofMinutes(1));
    bench.run(HookBench.before("Read", "{}"));
    bench.pass(Duration.ofMinutes(-10));
    bench.run(HookBench.before("Read", "{}"));

    assertThat(crossed()).containsExactly(false, false, true, false);
  }

  @Test
  void theGapIsTheSameWhetherItIsTakenFromTheStateOrFromTheTrace() throws IOException {
    profile("task_boundary: {signals: [time_gap], time_gap_seconds: 60}\n");
    // By their stamps, which have milliseconds, two such calls are a minute apart.
    Duration almost = Duration.ofMinutes(1).minusNanos(400_000);

    bench.run(HookBench.before("Read", "{}"));
    bench.pass(almost);
    bench.run(HookBench.before("Read", "{}"));
    bench.pass(Duration.ofNanos(400_000));
    bench.run(HookBench.before("Read", "{}"));
    bench.pass(almost);
    Files.delete(bench.state());
    bench.run(HookBench.before("Read", "{}"));

    assertThat(crossed()).containsExactly(false, true, false, true);
  }

  @Test
  void aReadThatIsFollowedByAWriteIsSeenAcrossHooks() throws IOException {
    profile("task_boundary: {signals: [read_to_write_transition]}\n");

    bench.run(HookBench.before("Read", "{}"));
    bench.run(HookBench.before("Write", "{}"));
    bench.run(HookBench.before("Write", "{}"));

    assertThat(crossed()).containsExactly(false, true, false);
  }

  @Test
  void aProfileThatIsEditedBrokenOrDeletedChangesNothingForASessionThatRuns() throws IOException {
    profile(FIRST_WRITE);
    bench.run(HookBench.before("Write", "{}"));
    String fingerprint = bench.events().get(0).profileFingerprint();
    assertThat(fingerprint).hasSize(12);

    profile("session_intent: {demand_at: session_start}\n");
    bench.run(HookBench.before("Write", "{}"));
    profile("session_intent: [broken\n");
    bench.run(HookBench.before("Write", "{}"));
    Files.delete(home.resolve("profile.yaml"));
    Files.delete(bench.state());
    bench.run(HookBench.before("Write", "{}"));

    assertThat(scopes().stream().map(TraceEvent::violations))
        .containsExactly(List.of("POL-001"), List.of(), List.of(), List.of());
    assertThat(bench.events())
        .allSatisfy(event -> assertThat(event.profileFingerprint()).isEqualTo(fingerprint));
    AgentRegistered registered = (AgentRegistered) bench.events().get(0).payload();
    assertThat(registered.profileLoaded()).isTrue();
  }

  @Test
  void aProfileThatComesInMidSessionIsNotThisSessions() throws IOException {
    bench.run(HookBench.before("Write", "{}"));
    profile("session_intent: {demand_at: never}\n");
    bench.run(HookBench.before("Write", "{}"));
    Files.delete(bench.state());
    bench.run(HookBench.before("Write", "{}"));

    assertThat(scopes())
        .allSatisfy(scope -> assertThat(scope.violations()).containsExactly("POL-001"));
    assertThat(bench.events()).allSatisfy(event -> assertThat(event.profileFingerprint()).isNull());
  }

  @Test
  void anEmptyProfileIsNoneAndStaysNoneWhenItIsFilledInMidSession() throws IOException {
    profile("# nothing yet\n");
    bench.run(HookBench.before("Write", "{}"));
    profile("session_intent: {demand_at: never}\n");
    bench.run(HookBench.before("Write", "{}"));

    assertThat(scopes().get(1).violations()).containsExactly("POL-001");
    assertThat(bench.events().get(5).profileFingerprint()).isNull();
  }

  @Test
  void aMalformedProfileLeavesTheSessionWithoutOne() throws IOException {
    profile("session_intent: [broken\n");

    bench.run(HookBench.before("Write", "{}"));

    assertThat(scopes().get(0).violations()).containsExactly("POL-001");
    assertThat(bench.events().get(0).profileFingerprint()).isNull();
  }

  @Test
  void aSnapshotThatIsLostIsMadeAgainFromTheSameFileAndElseFromTheFileAsItIsNow()
      throws IOException {
    profile(FIRST_WRITE);
    bench.run(HookBench.before("Write", "{}"));

    removeSnapshots();
    bench.run(HookBench.before("Write", "{}"));
    assertThat(Files.readString(bench.state())).contains("\"rematerialized\"");

    removeSnapshots();
    profile("session_intent: {demand_at: session_start}\n");
    bench.run(HookBench.before("Write", "{}"));
    assertThat(Files.readString(bench.state())).contains("\"reresolve\"");

    profile("session_intent: {demand_at: never}\n");
    bench.run(HookBench.before("Write", "{}"));
    assertThat(scopes().stream().map(TraceEvent::violations))
        .containsExactly(List.of("POL-001"), List.of(), List.of("POL-001"), List.of("POL-001"));
  }

  @Test
  void aSnapshotWithOtherContentsIsNotBelieved() throws IOException {
    profile(FIRST_WRITE);
    bench.run(HookBench.before("Write", "{}"));

    for (Path snapshot : snapshots()) {
      Files.writeString(snapshot, Files.readString(snapshot).replace("first_write", "never"));
    }
    bench.run(HookBench.before("Write", "{}"));
    Files.delete(bench.state());
    bench.run(HookBench.before("Write", "{}"));

    assertThat(bench.events())
        .extracting(TraceEvent::profileFingerprint)
        .containsOnly(bench.events().get(0).profileFingerprint());
  }

  @Test
  void theBindingOfASessionIsItsOwn() throws IOException {
    Files.writeString(
        home.resolve("resolution.yaml"),
        """
        schema_version: 1
        bindings: [{agent_id: 'claude-code-*', profile: strict.yaml}]
        """);
    Files.writeString(home.resolve("strict.yaml"), FIRST_WRITE);
    bench.run(HookBench.before("Write", "{}"));
    Files.delete(home.resolve("resolution.yaml"));
    Files.delete(home.resolve("strict.yaml"));

    bench.run(HookBench.before("Write", "{}"));

    AgentRegistered registered = (AgentRegistered) bench.events().get(0).payload();
    assertThat(registered.profileResolution()).isEqualTo("bound");
    assertThat(registered.profileBinding()).isEqualTo("claude-code-*");
    assertThat(scopes().get(1).violations()).isEmpty();
  }

  private void profile(String yaml) throws IOException {
    Files.writeString(home.resolve("profile.yaml"), yaml);
  }

  private List<Path> snapshots() {
    return bench.files().stream()
        .filter(file -> file.getParent().getFileName().toString().equals("profiles"))
        .toList();
  }

  private void removeSnapshots() throws IOException {
    assertThat(snapshots()).hasSize(1);
    Files.delete(snapshots().get(0));
  }

  private List<TraceEvent> scopes() {
    return bench.events().stream()
        .filter(event -> event.type().equals(EventType.SCOPE_ASSERTED))
        .toList();
  }

  private List<Boolean> crossed() {
    return scopes().stream()
        .map(scope -> scope.flags().contains(AdvisoryFlag.TASK_BOUNDARY_CROSSED))
        .toList();
  }
}
