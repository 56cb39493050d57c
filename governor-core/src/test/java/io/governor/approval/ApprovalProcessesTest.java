package io.governor.approval;

import static org.assertj.core.api.Assertions.assertThat;

import io.governor.Agent;
import io.governor.Decision;
import io.governor.GovernedSession;
import io.governor.Governor;
import io.governor.Mode;
import io.governor.Rule;
import io.governor.ToolArguments;
import io.governor.ToolCall;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes that ask, wait, and are killed meanwhile. */
class ApprovalProcessesTest {

  @TempDir Path temp;

  private final List<Process> started = new ArrayList<>();

  @AfterEach
  void noProcessIsLeft() throws InterruptedException {
    for (Process process : started) {
      process.destroyForcibly().waitFor();
    }
  }

  private Path root() {
    return temp.resolve("root");
  }

  private PendingApprovals pending() {
    return PendingApprovals.at(root(), InstantSource.system());
  }

  private Process start(String order) throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Caller.class.getName(),
                root().toString(),
                order)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    started.add(process);
    return process;
  }

  private static String said(Process process) throws Exception {
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  private PendingApproval awaitQuestion() {
    return Awaitility.await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> pending().list().questions(), questions -> questions.size() == 1)
        .get(0);
  }

  private String folder() throws IOException {
    try (var files = Files.list(root().resolve("approvals"))) {
      return files.map(file -> file.getFileName().toString()).toList().toString();
    }
  }

  @Test
  void aYesToAProcessThatWasKilledLetsTheSameCallRunOnceInTheNext() throws Exception {
    Process killed = start("A-7");
    PendingApproval question = awaitQuestion();
    killed.destroyForcibly().waitFor();
    pending().allow(question.id());

    assertThat(said(start("A-7"))).isEqualTo("PROCEED");
    assertThat(folder()).isEqualTo("[]");

    Process again = start("A-7");
    pending().deny(awaitQuestion().id());
    assertThat(said(again)).isEqualTo("REFUSE");
    assertThat(folder()).isEqualTo("[]");
  }

  @Test
  void aYesToAProcessThatWasKilledIsForNoOtherCall() throws Exception {
    Process killed = start("A-7");
    PendingApproval question = awaitQuestion();
    killed.destroyForcibly().waitFor();
    pending().allow(question.id());

    Process other = start("A-8");
    Awaitility.await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> pending().list().questions().size() == 2);
    for (PendingApproval each : pending().list().questions()) {
      if (!each.id().equals(question.id())) {
        pending().deny(each.id());
      }
    }
    assertThat(said(other)).isEqualTo("REFUSE");
    assertThat(pending().find(question.id()).answer()).isTrue();
  }

  @Test
  void oneYesLetsOneOfTwoProcessesRun() throws Exception {
    Process first = start("A-7");
    Process second = start("A-7");
    pending().allow(awaitQuestion().id());
    Awaitility.await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> Boolean.logicalXor(first.isAlive(), second.isAlive()));
    pending().deny(awaitQuestion().id());

    assertThat(List.of(said(first), said(second))).containsExactlyInAnyOrder("PROCEED", "REFUSE");
    assertThat(folder()).isEqualTo("[]");
  }

  /** Makes one call that a person is asked about, and says what became of it. */
  static final class Caller {
    private Caller() {}

    public static void main(String[] args) {
      Path root = Path.of(args[0]);
      Rule asks = Rule.named("ACME-101").tools("refund.*").mode(Mode.ENFORCE).ask();
      ToolCall call =
          ToolCall.of("refund.create", ToolArguments.ofJson("{\"order\": \"" + args[1] + "\"}"));
      try (Governor governor =
              Governor.builder()
                  .agent(Agent.named("bot"))
                  .stateRoot(root)
                  .rules(asks)
                  .approver(FileApprover.at(root, InstantSource.system()), Duration.ofMinutes(5))
                  .build();
          GovernedSession session = governor.session().open()) {
        Decision decision = session.before(call);
        System.out.print(decision.action());
      }
    }
  }
}
