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
import java.nio.file.Path;
import java.util.Collection;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process that writes, resumes and ends sessions of every kind is killed in the middle, again and
 * again, over the same state root: 20 times, or as often as {@code governor.kills} says.
 */
class KilledWriterTest {

  private static final int KILLS = Integer.getInteger("governor.kills", 20);

  @TempDir Path home;

  @Test
  void aKilledProcessIsNeverCalledTampering() throws Exception {
    SplittableRandom random = new SplittableRandom(RandomEvents.seed());
    TraceVerifier verifier = TraceVerifier.of(home);
    long lines = 0;
    for (int kill = 1; kill <= KILLS; kill++) {
      killed(random.nextInt(1, 400), random.nextInt());

      VerifyReport report = verifier.verify();

      Collection<Kind> kinds = RecordedRoot.found(report).values();
      assertThat(kinds).as("after kill %d: %s", kill, report).allMatch(Kind.DAMAGED::equals);
      assertThat(report.lines()).isGreaterThan(lines);
      lines = report.lines();
    }
  }

  /** Runs a writer until it has said so many words. */
  private void killed(int words, int seed) throws IOException, InterruptedException {
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
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  /** Writes until it is killed, in two threads, and says a word for each call. */
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
            session.before(call);
            System.out.write('.');
            System.out.flush();
          }
        }
      }
    }
  }
}
