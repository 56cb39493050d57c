package io.governor.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.governor.event.RandomEvents;
import io.governor.trace.VerifyFinding.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process that removes traces, at once and in steps, and lets their sessions come back, is killed
 * in the middle, again and again, over the same state root: 20 times, or as often as {@code
 * governor.kills} says.
 */
class KilledPruneTest {

  private static final int KILLS = Integer.getInteger("governor.kills", 20);

  @TempDir Path home;

  @Test
  void whatAKilledPruneLeavesIsNeitherMissedNorCalledTampering() throws Exception {
    SplittableRandom random = new SplittableRandom(RandomEvents.seed());
    Path root = home.resolve("root");
    for (int kill = 1; kill <= KILLS; kill++) {
      killed(root, random.nextInt(1, 120), random.nextInt());

      VerifyReport report = TraceVerifier.of(root).verify();

      Collection<Kind> kinds = RecordedRoot.found(report).values();
      assertThat(kinds).as("after kill %d: %s", kill, report).allMatch(Kind.DAMAGED::equals);
    }
    assertThat(Files.readString(root.resolve(HeadLog.NAME))).contains("\"why\": \"pruned\"");
  }

  /** Runs a pruner until it has said so many words. */
  private static void killed(Path root, int words, int seed)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Pruner.class.getName(),
                root.toString(),
                String.valueOf(seed))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (InputStream said = process.getInputStream()) {
      assertThat(said.readNBytes(words)).hasSize(words);
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  /** Records, ages and removes until it is killed, and says a word after each. */
  static final class Pruner {

    private final RecordedRoot root;
    private final SplittableRandom random;

    private Pruner(RecordedRoot root, SplittableRandom random) {
      this.root = root;
      this.random = random;
    }

    public static void main(String[] args) throws IOException {
      SplittableRandom random = new SplittableRandom(Long.parseLong(args[1]));
      Pruner pruner = new Pruner(new RecordedRoot(Path.of(args[0])), random);
      while (true) {
        pruner.round();
      }
    }

    private void round() throws IOException {
      for (int i = random.nextInt(4); i >= 0; i--) {
        String id = "s" + random.nextInt(8);
        if (random.nextBoolean()) {
          root.share("shared-" + id, 1 + random.nextInt(3));
        } else {
          root.record("own-" + id, 1 + random.nextInt(3));
        }
        word();
      }
      age();
      if (random.nextBoolean()) {
        atOnce();
      } else {
        inSteps();
      }
    }

    private void age() throws IOException {
      try (Stream<Path> files = Files.walk(root.path.resolve("traces"))) {
        List<Path> traces = files.filter(file -> file.toString().endsWith(".jsonl")).toList();
        for (Path trace : traces) {
          if (random.nextInt(4) > 0) {
            Instant last = Instant.now().minus(Duration.ofDays(31 + random.nextInt(50)));
            Files.setLastModifiedTime(trace, FileTime.from(last));
          }
        }
      }
    }

    private void atOnce() throws IOException {
      TraceRetention retention = TraceRetention.of(root.path, TraceConfig.DEFAULT, TraceUse.NONE);
      while (retention.prune(Instant.now(), 1).more()) {
        word();
      }
    }

    private void inSteps() throws IOException {
      Files.writeString(root.path.resolve("config.yaml"), "traces: {prune: automatic}\n");
      Files.deleteIfExists(root.path.resolve("prune.stamp"));
      AutomaticPruning pruning = AutomaticPruning.of(root.path, Instant::now);
      do {
        pruning.step(new PruneEffort(1, 1, Long.MAX_VALUE));
        word();
      } while (Files.exists(root.path.resolve("prune.round")));
    }

    private static void word() {
      System.out.write('.');
      System.out.flush();
    }
  }
}
