package io.governor.hooks;

import static org.assertj.core.api.Assertions.assertThat;

import io.governor.Governor;
import io.governor.event.EventType;
import io.governor.event.TraceEvent;
import io.governor.trace.WaitingLosses;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Hooks as they really run: each in a process of its own. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class HookProcessesTest {

  private static final int WORKERS = 8;
  private static final int PAYLOADS = 40;

  @TempDir Path home;
  private Path stateRoot;
  private HookBench bench;

  @BeforeEach
  void aStateRoot() {
    stateRoot = home.resolve("state");
    bench = new HookBench(stateRoot);
  }

  @Test
  void theFirstWriteOfASessionIsRecordedOnceThroughThreeProcesses() throws Exception {
    Files.createDirectories(stateRoot);
    Files.writeString(
        stateRoot.resolve("profile.yaml"),
        """
        session_intent: {demand_at: first_write}
        task_boundary: {signals: [read_to_write_transition]}
        """);

    for (String tool : List.of("Write", "Read", "Write")) {
      assertThat(hook(HookBench.before(tool, "{}"))).isEmpty();
    }

    List<TraceEvent> scopes =
        bench.events().stream()
            .filter(event -> event.type().equals(EventType.SCOPE_ASSERTED))
            .toList();
    assertThat(scopes.stream().map(TraceEvent::violations))
        .containsExactly(List.of("POL-001"), List.of("POL-001"), List.of());
    assertThat(scopes.stream().map(scope -> scope.flags().toString()))
        .satisfiesExactly(
            flags -> assertThat(flags).doesNotContain("TASK_BOUNDARY_CROSSED"),
            flags -> assertThat(flags).doesNotContain("TASK_BOUNDARY_CROSSED"),
            flags -> assertThat(flags).contains("TASK_BOUNDARY_CROSSED"));
    Chains.assertUnbroken(bench.trace());
  }

  @Test
  void manyProcessesInOneSessionLeaveOneUnbrokenTraceAndLoseNothing() throws Exception {
    List<Process> workers = new ArrayList<>();
    for (int i = 0; i < WORKERS; i++) {
      workers.add(start(java("many", String.valueOf(i), String.valueOf(PAYLOADS))));
    }

    for (Process worker : workers) {
      assertThat(worker.getInputStream().read()).isEqualTo('!');
    }
    for (Process worker : workers) {
      go(worker);
    }
    for (Process worker : workers) {
      assertThat(ended(worker)).isEmpty();
    }

    List<TraceEvent> events = bench.events();
    assertThat(events).hasSize(2 + 2 * WORKERS * PAYLOADS);
    assertThat(events.stream().map(event -> event.governor().callId()).distinct().count())
        .isEqualTo(1 + WORKERS * PAYLOADS);
    assertThat(events).allSatisfy(event -> assertThat(event.governor().lost()).isEmpty());
    Chains.assertUnbroken(bench.trace());
  }

  @Test
  void aProcessThatIsKilledInTheMiddleLeavesNothingLocked() throws Exception {
    bench.run(HookBench.before("Read", "{}"));
    Process holder = start(java("hold"));
    assertThat(holder.getInputStream().read()).isEqualTo('!');
    Files.writeString(bench.trace(), "{\"event_id\": \"tor", StandardOpenOption.APPEND);

    holder.destroyForcibly();
    bench.run(HookBench.before("Read", "{}"));

    holder.waitFor();
    assertThat(bench.events())
        .extracting(TraceEvent::sequence)
        .containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
    assertThat(bench.events().get(4).governor().lost()).isEmpty();
  }

  @Test
  void aLockThatIsNotGivenBackCostsTheRecordAndNothingElse() throws Exception {
    bench.run(HookBench.before("Read", "{}"));
    byte[] before = Files.readAllBytes(bench.trace());
    Process holder = start(java("hold"));
    assertThat(holder.getInputStream().read()).isEqualTo('!');

    HookBench.Outcome outcome = bench.run(HookBench.before("Read", "{}"));

    assertThat(outcome.stderr()).contains("events that could not be recorded").contains("(locked)");
    assertThat(Files.readAllBytes(bench.trace())).isEqualTo(before);
    go(holder);
    ended(holder);
    bench.run(HookBench.before("Read", "{}"));
    Chains.assertUnbroken(bench.trace());
    // Whether the session had registered cannot be known either.
    assertThat(bench.failures().byReason()).containsExactly(Map.entry("locked", 4L));
  }

  /**
   * Where file locks belong to the process, closing any channel of the file drops them all: the
   * second governor of a process, on finding the session taken, used to give the first one's lock
   * away, and a third in another process wrote into the first one's file.
   */
  @Test
  void aSecondGovernorInAProcessDoesNotGiveTheFirstOnesLockAway() throws Exception {
    try (Governor first = HookWorker.exclusive(stateRoot);
        Governor second = HookWorker.exclusive(stateRoot)) {

      assertThat(ended(start(java("exclusive")))).isEmpty();

      Path folder = stateRoot.resolve("traces").resolve("api");
      for (String writer : List.of("", "+2", "+3")) {
        assertThat(HookBench.read(folder.resolve(HookBench.SESSION + writer + ".jsonl")))
            .as("writer " + writer)
            .hasSize(2);
      }
      assertThat(first.health().written() + second.health().written()).isEqualTo(4);
    }
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void aDiskThatIsFullCostsTheRecordAndTheNextEventTells() throws Exception {
    for (int i = 0; i < 6; i++) {
      bench.run(HookBench.before("Read", "{}"));
    }
    String before = Files.readString(bench.trace());
    // The limit lies within the next line: the trace cannot grow beyond it, the smaller state can.
    int blocks = before.length() / 512 + 1;
    List<String> limited =
        new ArrayList<>(List.of("sh", "-c", "ulimit -f " + blocks + "; exec \"$@\"", "sh"));
    limited.addAll(java("hook"));

    Process process = start(limited);
    String stderr = given(process, HookBench.before("Read", "{}"));
    assertThat(WaitingLosses.below(stateRoot.resolve("traces")))
        .containsExactly(Map.entry("io", 2L));
    bench.run(HookBench.before("Read", "{}"));

    assertThat(stderr)
        .isEqualTo(
            "governor hook claude-code: events that could not be recorded: 2 (io); the agent goes"
                + " on\n");
    String after = Files.readString(bench.trace());
    assertThat(after).startsWith(before);
    assertThat(after.substring(before.length(), blocks * 512)).doesNotContain("\n");
    assertThat(after.charAt(blocks * 512)).isEqualTo('\n');
    List<TraceEvent> events = bench.events();
    assertThat(events).hasSize(16);
    assertThat(events.get(14).sequence()).isEqualTo(15);
    assertThat(events.get(14).governor().lost()).containsExactly(Map.entry("io", 2L));
    assertThat(events.get(15).governor().lost()).isEmpty();
    assertThat(WaitingLosses.below(stateRoot.resolve("traces"))).isEmpty();
    assertThat(bench.failures().total()).isZero();
  }

  /** Runs a hook in a process of its own; gives what it said on standard error. */
  private String hook(String payload) throws Exception {
    return given(start(java("hook")), payload);
  }

  private static String given(Process process, String payload) throws Exception {
    try (OutputStream stdin = process.getOutputStream()) {
      stdin.write(payload.getBytes(StandardCharsets.UTF_8));
    }
    return ended(process);
  }

  private static void go(Process worker) throws IOException {
    OutputStream stdin = worker.getOutputStream();
    stdin.write('!');
    stdin.flush();
  }

  /** Waits for the end of a process that must not disturb the agent. */
  private static String ended(Process process) throws Exception {
    String stdout = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    String stderr = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(stdout).isEmpty();
    assertThat(process.waitFor()).isZero();
    return stderr;
  }

  private static Process start(List<String> command) throws IOException {
    return new ProcessBuilder(command).start();
  }

  private List<String> java(String work, String... more) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-XX:-UsePerfData"));
    command.add("-Dorg.slf4j.simpleLogger.defaultLogLevel=off");
    command.add("-cp");
    command.add(
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    command.add(HookWorker.class.getName());
    command.add(work);
    command.add(stateRoot.toString());
    command.addAll(List.of(more));
    return command;
  }
}
