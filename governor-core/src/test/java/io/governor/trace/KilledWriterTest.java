package io.governor.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.governor.GovernedSession;
import io.governor.Governor;
import io.governor.ToolArguments;
import io.governor.ToolCall;
import io.governor.event.RandomEvents;
import io.governor.trace.VerifyFinding.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process that writes, resumes and ends sessions of every kind is killed in the middle, again and
 * again, over the same state root: 20 times, or as often as {@code governor.kills} says.
 */
class KilledWriterTest {

  private static final int KILLS = Integer.getInteger("governor.kills", 20);

  private static final String CALL = "\"event_type\": \"SCOPE_ASSERTED\"";

  @TempDir Path home;

  @Test
  void aKilledProcessLosesNoCallItHasGoneOnFromAndIsNeverCalledTampering() throws Exception {
    SplittableRandom random = new SplittableRandom(RandomEvents.seed());
    TraceVerifier verifier = TraceVerifier.of(home);
    long lines = 0;
    long said = 0;
    for (int kill = 1; kill <= KILLS; kill++) {
      said += killed(random.nextInt(1, 400), random.nextInt());

      VerifyReport report = verifier.verify();

      Collection<Kind> kinds = RecordedRoot.found(report).values();
      assertThat(kinds).as("after kill %d: %s", kill, report).allMatch(Kind.DAMAGED::equals);
      assertThat(report.lines()).isGreaterThan(lines);
      lines = report.lines();
      assertThat(recordedCalls()).as("after kill %d", kill).isGreaterThanOrEqualTo(said);
    }
  }

  private long recordedCalls() throws IOException {
    long calls = 0;
    try (Stream<Path> files = Files.walk(TraceDirectory.traces(home))) {
      for (Path trace : files.filter(file -> file.toString().endsWith(".jsonl")).toList()) {
        try (Stream<String> lines = Files.lines(trace, StandardCharsets.ISO_8859_1)) {
          calls += lines.filter(line -> line.contains(CALL) && line.endsWith("}")).count();
        }
      }
    }
    return calls;
  }

  /** Runs a writer until it has said so many words, and gives how many it has said in all. */
  private int killed(int words, int seed) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Writer.class.getName(),
                home.toString(),
                String.valueOf(seed))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (InputStream said = process.getInputStream()) {
      assertThat(said.readNBytes(words)).hasSize(words);
      // The process itself would close what it still has to say.
      process.toHandle().destroyForcibly();
      return words + said.readAllBytes().length;
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  /** Writes until it is killed, in two threads, and says a word for each call on record. */
  static final class Writer {

    private Writer() {}

    public static void main(String[] args) {
      Governor governor = Governor.builder().stateRoot(Path.of(args[0])).build();
      SplittableRandom random = new SplittableRandom(Long.parseLong(args[1]));
      SplittableRandom other = random.split();
      new Thread(() -> write(governor, other)).start();
      write(governor, random);
    }

    private static void write(Governor governor, SplittableRandom random) {
      ToolCall call = ToolCall.of("crm.lookup", ToolArguments.empty());
      while (true) {
        String id = "s" + random.nextInt(6);
        GovernedSession session =
            switch (random.nextInt(3)) {
              case 0 -> governor.session().id("shared-" + id).shared().open();
              case 1 -> governor.session().open();
              default -> governor.session().id("own-" + id).open();
            };
        try (session) {
          for (int i = random.nextInt(8); i >= 0; i--) {
            long lost = lost(governor);
            session.before(call);
            if (lost(governor) == lost) {
              System.out.write('.');
              System.out.flush();
            }
          }
        }
      }
    }

    /** Also calls in a session that the other thread has ended. */
    private static long lost(Governor governor) {
      return governor.health().lost().values().stream().mapToLong(Long::longValue).sum();
    }
  }
}
