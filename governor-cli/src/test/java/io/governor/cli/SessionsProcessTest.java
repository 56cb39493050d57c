package io.governor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.governor.GovernedSession;
import io.governor.Governor;
import io.governor.ToolArguments;
import io.governor.ToolCall;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The command acts on an agent that runs in another process. */
@Timeout(120)
class SessionsProcessTest {

  @TempDir Path root;

  private Process agent;

  @AfterEach
  void noProcessIsLeft() throws InterruptedException {
    agent.destroyForcibly().waitFor();
  }

  @Test
  void aPersonPausesAndReleasesARunningAgent() throws IOException {
    BufferedReader said = start();
    assertThat(said.readLine()).isEqualTo("PROCEED");

    assertThat(Cli.at(root).run("sessions", "pause", "ticket").exitCode()).isZero();
    assertThat(said.readLine()).isEqualTo("REFUSE");
    assertThat(Cli.at(root).run("sessions", "list").out()).contains("ticket-4711", "operator");

    assertThat(Cli.at(root).run("sessions", "release", "ticket-4711").exitCode()).isZero();
    assertThat(said.readLine()).isEqualTo("PROCEED");
  }

  @Test
  void aPauseThatCannotBeKeptIsNoSuccess() throws IOException {
    BufferedReader said = start();
    said.readLine();
    Files.writeString(root.resolve("paused"), "");

    Cli.Result result = Cli.at(root).run("sessions", "pause", "ticket-4711");

    assertThat(result.exitCode()).isEqualTo(ExitCode.LOCAL_IO);
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).contains("paused");
  }

  private BufferedReader start() throws IOException {
    agent =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Agent.class.getName(),
                root.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    return new BufferedReader(
        new InputStreamReader(agent.getInputStream(), StandardCharsets.UTF_8));
  }

  /** Makes a call, and another whenever its session was paused or released. */
  static final class Agent {
    private Agent() {}

    public static void main(String[] args) {
      try (Governor governor = Governor.builder().stateRoot(Path.of(args[0])).build();
          GovernedSession session = governor.session().id("ticket-4711").open()) {
        while (true) {
          boolean paused = session.paused();
          System.out.println(
              session.before(ToolCall.of("crm.read", ToolArguments.of(Map.of()))).action());
          while (session.paused() == paused) {
            Thread.onSpinWait();
          }
        }
      }
    }
  }
}
