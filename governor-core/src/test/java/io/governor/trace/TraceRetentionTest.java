package io.governor.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.governor.GovernedSession;
import io.governor.event.RandomEvents;
import io.governor.file.ProcessLock;
import io.governor.trace.PruneReport.Reason;
import io.governor.trace.PruneReport.Removed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class TraceRetentionTest {

  private static final Instant NOW = Instant.parse("2026-11-21T09:00:00Z");
  private static final Duration DAY = Duration.ofDays(1);

  @TempDir private Path home;

  private RecordedRoot root;

  @BeforeEach
  void name() {
    root = new RecordedRoot(home.resolve("root"));
  }

  private TraceRetention retention(long days, long mostBytes, TraceUse use) {
    TraceConfig config =
        new TraceConfig(DAY.multipliedBy(days), mostBytes, true, Durability.OS, false);
    return TraceRetention.of(root.path, config, use);
  }

  private TraceRetention keeping(long days) {
    return retention(days, Long.MAX_VALUE, TraceUse.NONE);
  }

  private void age(Path file, Duration age) throws IOException {
    Files.setLastModifiedTime(file, FileTime.from(NOW.minus(age)));
  }

  private static List<Path> files(PruneReport report) {
    return report.removed().stream().map(Removed::file).map(Path::of).toList();
  }

  @Test
  void whatIsOldGoesOldestFirstAndNobodyMissesIt() throws IOException {
    root.record("a", 1).record("b", 1).share("c", 1).record("d", 1);
    age(root.trace("a"), DAY.multipliedBy(31));
    age(root.trace("b"), DAY.multipliedBy(30));
    age(root.trace("c"), DAY.multipliedBy(90));
    age(root.trace("d"), DAY.multipliedBy(30).minusMillis(1));

    PruneReport report = keeping(30).prune(NOW, 100);

    assertThat(files(report)).containsExactly(root.trace("c"), root.trace("a"), root.trace("b"));
    assertThat(report.removed()).extracting(Removed::reason).containsOnly(Reason.AGE);
    assertThat(report.files()).isEqualTo(1);
    assertThat(report.bytes()).isEqualTo(Files.size(root.trace("d")));
    assertThat(root.trace("c").resolveSibling("c.state")).doesNotExist();
    assertThat(root.verify()).isEqualTo(new VerifyReport(1, 3, 1, 0, 0, List.of()));
    assertThat(Files.readString(root.log())).contains("\"lines\": 3", "\"why\": \"pruned\"");
  }

  @Test
  void aSessionThatComesBackAfterItsTraceWentBeginsAnewAndIsIntact() throws IOException {
    root.record("a", 2).share("b", 2);
    age(root.trace("a"), DAY.multipliedBy(31));
    age(root.trace("b"), DAY.multipliedBy(31));
    keeping(30).prune(NOW, 100);

    root.record("a", 1).share("b", 1).record("a", 1);

    assertThat(root.verify()).isEqualTo(new VerifyReport(2, 4 + 3, 2, 0, 0, List.of()));
    assertThat(root.lines("a").get(0)).contains("\"prev\": \"" + "0".repeat(64));
  }

  @Test
  void aDryRunSaysTheSameAndChangesNothing() throws IOException {
    root.record("a", 1).record("b", 1);
    age(root.trace("a"), DAY.multipliedBy(31));
    byte[] log = Files.readAllBytes(root.log());

    PruneReport planned = keeping(30).dryRun(NOW);

    assertThat(root.trace("a")).exists();
    assertThat(Files.readAllBytes(root.log())).isEqualTo(log);
    assertThat(keeping(30).prune(NOW, 100)).isEqualTo(planned);
  }

  @Test
  void aStepRemovesSoManyAndSaysThatThereAreMore() throws IOException {
    for (int i = 0; i < 5; i++) {
      root.record("s" + i, 1);
      age(root.trace("s" + i), DAY.multipliedBy(60 - i));
    }

    PruneReport first = keeping(30).prune(NOW, 3);
    PruneReport second = keeping(30).prune(NOW, 3);

    assertThat(files(first)).containsExactly(root.trace("s0"), root.trace("s1"), root.trace("s2"));
    assertThat(first.more()).isTrue();
    assertThat(files(second)).containsExactly(root.trace("s3"), root.trace("s4"));
    assertThat(second.more()).isFalse();
  }

  @Test
  void whatASessionHasOpenStaysHoweverOldItLooks() throws IOException {
    try (GovernedSession session = root.open("open")) {
      RecordedRoot.call(session, 1);
      age(root.trace("open"), DAY.multipliedBy(400));

      PruneReport report = keeping(30).prune(NOW, 100);

      assertThat(report.removed()).isEmpty();
      assertThat(report.live()).isEqualTo(1);
    }
    age(root.trace("open"), DAY.multipliedBy(400));
    assertThat(files(keeping(30).prune(NOW, 100))).containsExactly(root.trace("open"));
  }

  @Test
  void whatWasWrittenWithinTheHourStaysThoughThereIsTooMuch() throws IOException {
    root.record("a", 1).record("b", 1);
    age(root.trace("a"), Duration.ofMinutes(59));
    age(root.trace("b"), Duration.ofMinutes(61));

    PruneReport report = retention(30, 1, TraceUse.NONE).prune(NOW, 100);

    assertThat(files(report)).containsExactly(root.trace("b"));
    assertThat(report.removed()).extracting(Removed::reason).containsExactly(Reason.SIZE);
    assertThat(report.live()).isEqualTo(1);
  }

  @Test
  void aFileInTheFutureIsNotOld() throws IOException {
    root.record("a", 1);
    age(root.trace("a"), DAY.negated());

    assertThat(retention(1, 1, TraceUse.NONE).prune(NOW, 100).removed()).isEmpty();
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void linksAreNotFollowedAndWhatTheyLeadToStays() throws IOException {
    root.record("a", 1);
    RecordedRoot other = new RecordedRoot(home.resolve("other")).record("b", 1);
    age(other.trace("b"), DAY.multipliedBy(400));
    Files.createSymbolicLink(root.path.resolve("traces/other"), other.path.resolve("traces"));
    Files.createSymbolicLink(root.trace("link"), other.trace("b"));

    assertThat(keeping(30).prune(NOW, 100).removed()).isEmpty();
    assertThat(other.trace("b")).exists();
  }

  @Test
  void twoDoNotPruneAtOnce() throws IOException {
    root.record("a", 1);
    try (ProcessLock lock = ProcessLock.tryAcquire(root.path.resolve("prune.lock"))) {
      assertThat(lock).isNotNull();
      assertThatThrownBy(() -> keeping(30).prune(NOW, 100))
          .isInstanceOf(IOException.class)
          .hasMessage("another process is removing old traces at this moment");
    }
  }

  @Test
  void whereNothingIsNothingIsMade() throws IOException {
    assertThat(keeping(30).prune(NOW, 100))
        .isEqualTo(new PruneReport(List.of(), 0, 0, 0, 0, false, List.of()));
    assertThat(root.path).doesNotExist();
  }

  /** Random ages, sizes, caps and ledgers, against what the rules say. */
  @Test
  void exactlyWhatTheRulesSayGoes() throws IOException {
    long seed = RandomEvents.seed();
    SplittableRandom random = new SplittableRandom(seed);
    for (int round = 0; round < 60; round++) {
      Map<Path, Duration> ages = new HashMap<>();
      Set<Path> needed = new HashSet<>();
      for (int i = random.nextInt(12); i >= 0; i--) {
        Path file = root.path.resolve("traces/r" + round).resolve("s" + i + ".jsonl");
        Files.createDirectories(file.getParent());
        Files.write(file, new byte[random.nextInt(3_000)]);
        Duration age = Duration.ofHours(random.nextInt(24 * 50));
        age(file, age);
        ages.put(file, age);
        if (random.nextInt(4) == 0) {
          needed.add(file);
        }
      }
      long days = 1L + random.nextInt(45);
      long cap = random.nextBoolean() ? Long.MAX_VALUE : random.nextInt(20_000);

      List<Path> expected = expected(ages, needed, days, cap);
      PruneReport report = retention(days, cap, needed::contains).prune(NOW, 1_000);

      assertThat(files(report)).as("round %d of seed %d", round, seed).isEqualTo(expected);
      for (Path file : ages.keySet()) {
        assertThat(Files.exists(file)).isEqualTo(!expected.contains(file));
        Files.deleteIfExists(file);
      }
    }
  }

  private static List<Path> expected(
      Map<Path, Duration> ages, Set<Path> needed, long days, long cap) throws IOException {
    List<Path> oldestFirst = new ArrayList<>(ages.keySet());
    oldestFirst.sort(
        Comparator.comparing((Path file) -> ages.get(file))
            .reversed()
            .thenComparing(Comparator.naturalOrder()));
    long bytes = 0;
    for (Path file : oldestFirst) {
      bytes += Files.size(file);
    }
    List<Path> expected = new ArrayList<>();
    for (Path file : oldestFirst) {
      boolean old = ages.get(file).compareTo(DAY.multipliedBy(days)) >= 0;
      boolean quiet = ages.get(file).compareTo(Duration.ofHours(1)) >= 0;
      if ((old || bytes > cap) && quiet && !needed.contains(file)) {
        expected.add(file);
        bytes -= Files.size(file);
      }
    }
    return expected;
  }
}
