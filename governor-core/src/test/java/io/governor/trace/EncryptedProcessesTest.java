package io.governor.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.governor.crypt.KeyFile;
import io.governor.event.EventType;
import io.governor.event.RandomEvents;
import io.governor.event.TraceEvent;
import io.governor.trace.VerifyFinding.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes that write encrypted traces, one file of theirs each and one together. */
class EncryptedProcessesTest {

  private static final int KILLS = Integer.getInteger("governor.kills", 6);
  private static final int PROCESSES = 3;
  private static final int USES = 12;

  private RecordedRoot root;

  @BeforeEach
  void encrypt(@TempDir Path home) {
    root = new RecordedRoot(home);
  }

  @Test
  void processesShareASessionAndTheFirstKey() throws Exception {
    List<Process> processes = new ArrayList<>();
    for (int i = 0; i < PROCESSES; i++) {
      processes.add(start("own-" + i, USES));
    }
    for (Process process : processes) {
      try (InputStream said = process.getInputStream()) {
        assertThat(said.readAllBytes()).hasSize(USES);
      }
      process.waitFor();
    }

    assertThat(root.found()).isEmpty();
    assertThat(KeyFile.in(root.path).keys()).hasSize(1);
    assertThat(calls("together")).isEqualTo(PROCESSES * USES);
    for (int i = 0; i < PROCESSES; i++) {
      assertThat(calls("own-" + i)).isEqualTo(USES);
    }
  }

  @Test
  void aKilledProcessLosesNothingItHadSaidAndIsNeverCalledTampering() throws Exception {
    SplittableRandom random = new SplittableRandom(RandomEvents.seed());
    int said = 0;
    for (int kill = 1; kill <= KILLS; kill++) {
      int words = random.nextInt(1, 40);
      said += words;
      Process process = start("own", Integer.MAX_VALUE);
      try (InputStream in = process.getInputStream()) {
        assertThat(in.readNBytes(words)).hasSize(words);
      } finally {
        process.destroyForcibly().waitFor();
      }

      VerifyReport report = root.verify();

      assertThat(RecordedRoot.found(report).values())
          .as("after kill %d: %s", kill, report)
          .allMatch(Kind.DAMAGED::equals);
      assertThat(calls("together")).isGreaterThanOrEqualTo(said);
      assertThat(calls("own")).isGreaterThanOrEqualTo(said);
    }
  }

  private int calls(String id) throws IOException {
    List<TraceEvent> events = new ArrayList<>();
    TraceReader.read(TraceSource.of(root.trace(id)), (event, at) -> events.add(event));
    return (int)
        events.stream().filter(event -> event.type().equals(EventType.SCOPE_ASSERTED)).count();
  }

  private Process start(String own, int uses) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            Writer.class.getName(),
            root.path.toString(),
            own,
            String.valueOf(uses))
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  /** Makes a call in a session of its own and one in the common one, and says a word, each time. */
  static final class Writer {

    private Writer() {}

    public static void main(String[] args) {
      RecordedRoot root = new RecordedRoot(Path.of(args[0])).encrypt(true);
      for (int use = 0; use < Integer.parseInt(args[2]); use++) {
        root.record(args[1], 1);
        root.share("together", 1);
        System.out.write('.');
        System.out.flush();
      }
    }
  }
}
