package io.governor.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.governor.GovernedSession;
import io.governor.Governor;
import io.governor.ToolArguments;
import io.governor.ToolCall;
import io.governor.event.RandomEvents;
import io.governor.file.OwnerOnly;
import io.governor.file.ProcessLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AutomaticPruningTest {

  private static final Instant NOW = Instant.parse("2026-11-21T09:00:00Z");
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration DAY = Duration.ofDays(1);
  private static final int MANY = 10_000;

  @TempDir private Path home;

  private Path root;

  @BeforeEach
  void name() throws IOException {
    root = home.resolve("root");
    OwnerOnly.createDirectories(root);
  }

  private Path file(String name, Duration age, int bytes) throws IOException {
    Path file = root.resolve("traces").resolve(name + ".jsonl");
    Files.createDirectories(file.getParent());
    Files.write(file, new byte[bytes]);
    Files.setLastModifiedTime(file, FileTime.from(NOW.minus(age)));
    return file;
  }

  private Path old(String name) throws IOException {
    return file(name, DAY.multipliedBy(31), 100);
  }

  private void configure(String text) throws IOException {
    Files.writeString(root.resolve("config.yaml"), text);
  }

  private AutomaticPruning at(Instant now) {
    return AutomaticPruning.of(root, () -> now);
  }

  /** Steps, each as of another process, until the day's work is done. */
  private int steps(Instant now, PruneEffort effort) {
    int steps = 0;
    while (steps < MANY && (steps == 0 || Files.exists(round()))) {
      at(now).step(effort);
      steps++;
    }
    return steps;
  }

  private void prune(Instant now) {
    assertThat(steps(now, PruneEffort.IN_PASSING)).isLessThan(MANY);
  }

  private Path round() {
    return root.resolve("prune.round");
  }

  private Path stamp() {
    return root.resolve("prune.stamp");
  }

  /** What went, in order, as the log of heads has it. */
  private List<Path> recorded() throws IOException {
    List<Path> recorded = new ArrayList<>();
    if (Files.exists(root.resolve(HeadLog.NAME))) {
      for (String line : Files.readAllLines(root.resolve(HeadLog.NAME))) {
        if (line.contains("\"why\": \"pruned\"")) {
          recorded.add(root.resolve(line.split("\"", 5)[3]));
        }
      }
    }
    return recorded;
  }

  @Test
  void whatIsOldGoesAndHowThatWentIsKept() throws IOException {
    Path old = old("api/a");
    Path young = file("api/b", DAY, 100);

    prune(NOW);

    assertThat(old).doesNotExist();
    assertThat(young).exists();
    assertThat(at(NOW).last()).isEqualTo(new LastPrune(NOW, 1, 100, ""));
    assertThat(recorded()).containsExactly(old);
  }

  @Test
  void itIsDoneOnceADay() throws IOException {
    file("api/young", HOUR, 100);
    prune(NOW);
    Path old = old("api/a");
    prune(NOW);
    prune(NOW.plus(DAY).minusSeconds(1));
    assertThat(old).exists();

    prune(NOW.plus(DAY));

    assertThat(old).doesNotExist();
    assertThat(at(NOW).last()).isEqualTo(new LastPrune(NOW.plus(DAY), 1, 100, ""));
  }

  @Test
  void aClockThatLeapsRemovesNothingBeforeItHasShownTheSameForADay() throws IOException {
    Path traceOfToday = file("api/a", Duration.ZERO, 100);
    prune(NOW);
    Instant leapt = NOW.plus(DAY.multipliedBy(400));

    prune(leapt);
    prune(leapt.plus(DAY).minusSeconds(1));
    assertThat(traceOfToday).exists();

    prune(NOW.plus(HOUR));
    prune(NOW.plus(DAY));
    assertThat(traceOfToday).exists();
  }

  @Test
  void aMachineThatWasOffForWeeksStillPrunesADayLater() throws IOException {
    Path old = old("api/a");
    prune(NOW.minus(DAY.multipliedBy(100)));

    prune(NOW);
    assertThat(old).exists();
    prune(NOW.plus(DAY));
    assertThat(old).doesNotExist();
  }

  @Test
  void whereItIsSaidSoNothingGoesUnasked() throws IOException {
    configure("traces: {prune: manual}\n");
    Path old = old("api/a");

    prune(NOW);
    at(NOW.plus(DAY)).prune(() -> TraceUse.NONE);

    assertThat(old).exists();
  }

  @Test
  void aConfigurationThatIsRefusedIsTriedOnceADayAndToldOf() throws IOException {
    configure("traces: {retention_days: 0}\n");
    Path old = old("api/a");
    prune(NOW);
    assertThat(at(NOW).last().problem())
        .contains("config.yaml:1:26: traces.retention_days: expected a whole number from 1 to 365");

    configure("traces: {retention_days: 1}\n");
    prune(NOW.plus(HOUR));
    assertThat(old).exists();
    prune(NOW.plus(DAY));
    assertThat(old).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"installation_id\": \"inst_1\", \"installation_secret\": \"s\"}",
        "{\"installation_secret\": 7}",
        "{\"installation_secret\": ",
        "[]",
        ""
      })
  void whereAnInstallationIsRegisteredOrNobodyCanTellNothingGoesUncounted(String state)
      throws IOException {
    Path old = old("api/a");
    Files.writeString(root.resolve("sync-state.json"), state);

    at(NOW).step(PruneEffort.AT_LEISURE);

    assertThat(old).exists();
    assertThat(stamp()).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"installation_id\": \"inst_1\"}", "{\"installation_secret\": \"\"}"})
  void whereItIsRegisteredNoMoreOrNotYetTheRuleHolds(String state) throws IOException {
    Path old = old("api/a");
    Files.writeString(root.resolve("sync-state.json"), state);

    at(NOW).step(PruneEffort.AT_LEISURE);

    assertThat(old).doesNotExist();
  }

  @Test
  void whoKnowsWhatIsCountedRemovesOnlyThatWhereItIsRegistered() throws IOException {
    Path counted = old("api/a");
    Path uncounted = old("api/b");
    Files.writeString(root.resolve("sync-state.json"), "{\"installation_secret\": \"s\"}");

    at(NOW).prune(() -> uncounted::equals);

    assertThat(counted).doesNotExist();
    assertThat(uncounted).exists();
    assertThat(at(NOW).last()).isEqualTo(new LastPrune(NOW, 1, 100, ""));
  }

  @Test
  void aStepIsBounded() throws IOException {
    for (int i = 0; i < 300; i++) {
      old("api/s" + i);
    }
    int steps = 0;
    while (recorded().size() < 300) {
      int before = recorded().size();
      at(NOW).step(PruneEffort.IN_PASSING);
      assertThat(recorded().size() - before).isBetween(0, PruneEffort.IN_PASSING.removals());
      assertThat(Files.exists(round()) ? Files.size(round()) : 0).isLessThan(16 << 10);
      steps++;
      assertThat(steps).isLessThan(120);
    }
  }

  @Test
  void aProcessThatIsKilledMidwayLeavesTheRestToTheNext() throws IOException {
    for (int i = 0; i < 20; i++) {
      old("api/s" + i);
    }
    at(NOW).step(PruneEffort.IN_PASSING);
    assertThat(recorded()).hasSize(PruneEffort.IN_PASSING.removals());
    byte[] asKilled = Files.readAllBytes(round());
    at(NOW).step(PruneEffort.IN_PASSING);
    Files.write(round(), asKilled);

    prune(NOW);

    assertThat(recorded()).hasSize(20).doesNotHaveDuplicates();
  }

  @Test
  void whatIsOnlyALinkStaysAndIsNotFollowed() throws IOException {
    old("api/a");
    Path elsewhere = Files.createDirectories(home.resolve("elsewhere/api"));
    Path far = Files.move(old("api/far"), elsewhere.resolve("far.jsonl"));
    Files.createSymbolicLink(root.resolve("traces/api/link.jsonl"), far);
    Files.createSymbolicLink(root.resolve("traces/other"), elsewhere);

    prune(NOW);

    assertThat(far).exists();
    assertThat(recorded()).hasSize(1);
  }

  /**
   * Random ages, sizes, caps, locks and steps: what goes is what a run that is asked for removes.
   */
  @Test
  void inStepsExactlyThatGoesWhichWouldGoAtOnceAndInThatOrder() throws IOException {
    SplittableRandom random = new SplittableRandom(RandomEvents.seed());
    for (int round = 0; round < 25; round++) {
      name(round);
      int count = random.nextInt(4) == 0 ? 150 + random.nextInt(300) : random.nextInt(30);
      for (int i = 0; i < count; i++) {
        String name = "s" + random.nextInt(3) + "/" + i;
        file(name, HOUR.multipliedBy(random.nextInt(24 * 50)), random.nextInt(3_000));
      }
      long days = 1L + random.nextInt(45);
      long cap = random.nextBoolean() ? Long.MAX_VALUE : random.nextInt(count * 1_600 + 1);
      List<ProcessLock> live = lockSome(random);

      try {
        compare(new TraceConfig(DAY.multipliedBy(days), cap, true, Durability.OS, false), random);
      } finally {
        for (ProcessLock lock : live) {
          lock.close();
        }
      }
    }
  }

  private void name(int round) throws IOException {
    root = Files.createDirectory(home.resolve("round" + round));
  }

  private List<ProcessLock> lockSome(SplittableRandom random) throws IOException {
    List<ProcessLock> live = new ArrayList<>();
    for (Path file : traces()) {
      if (random.nextInt(12) == 0) {
        String path = file.toString();
        Path lock = Path.of(path.substring(0, path.length() - ".jsonl".length()) + ".lock");
        live.add(ProcessLock.tryAcquire(lock));
      }
    }
    return live;
  }

  private void compare(TraceConfig config, SplittableRandom random) throws IOException {
    List<Path> planned =
        TraceRetention.of(root, config, TraceUse.NONE).dryRun(NOW).removed().stream()
            .map(removed -> Path.of(removed.file()))
            .toList();
    List<Path> expected = traces();
    expected.removeAll(planned);

    RetentionRule rule = RetentionRule.of(config, NOW);
    PruneRoundFile file = new PruneRoundFile(round(), root.resolve("traces"));
    HeadLog heads = new HeadLog(root);
    boolean done = false;
    for (int steps = 0; !done && Files.exists(root.resolve("traces")); steps++) {
      assertThat(steps).isLessThan(MANY);
      PruneRound kept = file.read();
      PruneRound next = kept == null ? PruneRound.begin(rule, root.resolve("traces")) : kept;
      PruneEffort effort = new PruneEffort(1 + random.nextInt(3), 1 + random.nextInt(40), 4096);
      done = next.advance(root.resolve("traces"), effort, heads);
      file.write(next);
      disturb(random);
    }
    heads.close();

    assertThat(recorded()).isEqualTo(planned);
    assertThat(traces()).isEqualTo(expected);
    assertThat(TraceVerifier.of(root).verify().findings())
        .noneMatch(finding -> finding.kind() == VerifyFinding.Kind.DELETED);
  }

  /** A round that is damaged between two steps begins anew. */
  private void disturb(SplittableRandom random) throws IOException {
    if (random.nextInt(30) == 0) {
      byte[] kept = Files.readAllBytes(round());
      kept[random.nextInt(kept.length)] ^= (byte) (1 << random.nextInt(8));
      Files.write(round(), kept);
    }
  }

  private List<Path> traces() throws IOException {
    List<Path> traces = new ArrayList<>();
    Path folder = root.resolve("traces");
    if (Files.exists(folder)) {
      try (var files = Files.walk(folder)) {
        files.filter(file -> file.toString().endsWith(".jsonl")).sorted().forEach(traces::add);
      }
    }
    return traces;
  }

  @Test
  void ofManyAtOnceEachTraceIsRemovedByOne() throws Exception {
    Set<Path> all = new HashSet<>();
    for (int i = 0; i < 200; i++) {
      all.add(file("api/s" + i, DAY.multipliedBy(31).plusMinutes(i), 10));
    }
    ExecutorService threads = Executors.newFixedThreadPool(8);
    CountDownLatch start = new CountDownLatch(1);
    List<Future<Integer>> runs = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      runs.add(
          threads.submit(
              () -> {
                start.await();
                return steps(NOW, PruneEffort.IN_PASSING);
              }));
    }
    start.countDown();
    for (Future<Integer> run : runs) {
      run.get();
    }
    threads.shutdown();
    prune(NOW);

    assertThat(recorded()).hasSize(200).doesNotHaveDuplicates().allMatch(all::contains);
    assertThat(recorded().get(0)).isEqualTo(root.resolve("traces/api/s199.jsonl"));
  }

  @Test
  void whoeverOpensAGovernorPrunesWhenItIsClosed() throws IOException {
    Path old = reallyOld();

    try (Governor governor = Governor.builder().stateRoot(root).build();
        GovernedSession session = governor.session().id("new").open()) {
      session.before(ToolCall.of("crm.lookup", ToolArguments.empty()));
      assertThat(old).exists();
    }

    assertThat(old).doesNotExist();
    assertThat(root.resolve("traces/api/new.jsonl")).exists();
    assertThat(TraceVerifier.of(root).verify().findings()).isEmpty();
  }

  /** Nobody waits until all of a trace is read for the sake of its last head. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void theHeadThatGoesOnRecordInPassingIsThatOfTheLastLine(boolean shared) throws IOException {
    RecordedRoot recorded = new RecordedRoot(root);
    recorded = shared ? recorded.share("a", 2) : recorded.record("a", 2);
    List<String> lines = recorded.lines("a");
    String last = lines.get(lines.size() - 1);
    Files.delete(root.resolve("config.yaml"));
    Files.setLastModifiedTime(recorded.trace("a"), FileTime.from(NOW.minus(DAY.multipliedBy(31))));

    prune(NOW);

    String hash = last.substring(last.length() - 68, last.length() - 4);
    assertThat(recorded.head("a", "pruned"))
        .contains("\"head\": \"" + hash + "\"", "\"lines\": " + (shared ? 4 : 0));
    assertThat(recorded.verify().findings()).isEmpty();
  }

  @Test
  void whileSessionsAreOpenTheThreadThatLooksForIdleOnesPrunes() throws IOException {
    try (Governor governor =
            Governor.builder().stateRoot(root).idleTimeout(Duration.ofMillis(20)).build();
        GovernedSession session = governor.session().id("new").open()) {
      session.before(ToolCall.of("crm.lookup", ToolArguments.empty()));
      Files.deleteIfExists(stamp());
      Path old = reallyOld();

      long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
      while (Files.exists(old) && System.nanoTime() - end < 0) {
        session.before(ToolCall.of("crm.lookup", ToolArguments.empty()));
        Files.deleteIfExists(stamp());
        LockSupport.parkNanos(1_000_000);
      }
      assertThat(old).doesNotExist();
    }
  }

  /** By the clock of the machine, which the files of a governor are dated by. */
  private Path reallyOld() throws IOException {
    Path old = old("api/old");
    Files.setLastModifiedTime(
        old, FileTime.from(Instant.now().minus(DAY.multipliedBy(30)).minusSeconds(1)));
    return old;
  }

  @Test
  void aGovernorThatRecordsElsewhereOrNothingRemovesNothing() throws IOException {
    Path old = reallyOld();

    Governor.builder().stateRoot(root).trace(io.governor.TraceSink.none()).build().close();

    assertThat(old).exists();
    assertThat(stamp()).doesNotExist();
  }

  @Test
  void whereThereAreNoTracesNothingIsMade() {
    prune(NOW);

    assertThat(root).isEmptyDirectory();
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void whereNothingCanBeWrittenNothingIsRemovedAndNobodyFeelsIt() throws IOException {
    Path old = old("api/a");
    Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("r-xr-xr-x"));
    try {
      assumeTrue(!Files.isWritable(root), "skipped: this user may write anywhere");
      at(NOW).step(PruneEffort.AT_LEISURE);
      at(NOW).prune(() -> TraceUse.NONE);
    } finally {
      Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    assertThat(old).exists();
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void whatIsKeptIsItsOwnersAlone() throws IOException {
    for (int i = 0; i < 20; i++) {
      old("api/s" + i);
    }
    at(NOW).step(PruneEffort.IN_PASSING);
    assertThat(mode(round())).isEqualTo("rw-------");
    prune(NOW);
    assertThat(mode(stamp())).isEqualTo("rw-------");
  }

  private static String mode(Path file) throws IOException {
    return PosixFilePermissions.toString(
        Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS));
  }
}
