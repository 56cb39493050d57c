package io.governor.pause;

import static org.assertj.core.api.Assertions.assertThat;

import io.governor.Decision;
import io.governor.GovernedSession;
import io.governor.Governor;
import io.governor.ToolArguments;
import io.governor.ToolCall;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Processes that share a state root, and some that are killed. */
@Timeout(120)
class PauseProcessesTest {

  @TempDir Path root;

  private final List<Process> started = new ArrayList<>();

  @AfterEach
  void noProcessIsLeft() throws InterruptedException {
    for (Process process : started) {
      process.destroyForcibly().waitFor();
    }
  }

  private Process start(Class<?> main) throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName(),
                root.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    started.add(process);
    return process;
  }

  private static BufferedReader output(Process process) {
    return new BufferedReader(
        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  @Test
  void aPauseAndItsReleaseActOnAGovernorThatRunsInAnotherProcess() throws Exception {
    BufferedReader agent = output(start(Agent.class));
    assertThat(agent.readLine()).isEqualTo("PROCEED");

    PausedSessions.below(root).pause("s-1", PausedSession.OPERATOR, Instant.now(), null);
    assertThat(agent.readLine()).isEqualTo("REFUSE");

    PausedSessions.below(root).release("s-1");
    assertThat(agent.readLine()).isEqualTo("PROCEED");
  }

  @Test
  void aPauseOutlivesTheProcessThatSetIt() throws Exception {
    try (Governor governor = Governor.builder().stateRoot(root).build()) {
      governor.pause("s-1");
    }

    assertThat(output(start(Agent.class)).readLine()).isEqualTo("REFUSE");
  }

  @Test
  void aProcessThatIsKilledWhileItPausesLeavesWholePausesOrNone() throws Exception {
    for (int round = 0; round < 4; round++) {
      Process pausing = start(Pausing.class);
      BufferedReader said = output(pausing);
      for (int i = 0; i < 5 + 20 * round; i++) {
        said.readLine();
      }
      pausing.destroyForcibly().waitFor();

      List<PausedSession> found = PausedSessions.below(root).list();
      assertThat(found).isNotEmpty().allMatch(PausedSession::byOperator);
      for (PausedSession each : found) {
        PausedSessions.below(root).release(each.name());
      }
    }
  }

  /** Makes a call, and another whenever its session was paused or released. */
  static final class Agent {
    private Agent() {}

    public static void main(String[] args) {
      try (Governor governor = Governor.builder().stateRoot(Path.of(args[0])).build();
          GovernedSession session = governor.session().id("s-1").open()) {
        while (true) {
          boolean paused = session.paused();
          Decision decision = session.before(ToolCall.of("crm.read", ToolArguments.of(Map.of())));
          System.out.println(decision.action());
          while (session.paused() == paused) {
            Thread.onSpinWait();
          }
        }
      }
    }
  }

  /** Pauses one session after the other. */
  static final class Pausing {
    private Pausing() {}

    public static void main(String[] args) throws IOException {
      PausedSessions paused = PausedSessions.below(Path.of(args[0]));
      for (int i = 0; true; i++) {
        paused.pause("s-" + i, PausedSession.OPERATOR, Instant.now(), null);
        System.out.println(i);
      }
    }
  }
}
