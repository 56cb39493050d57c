package io.governor.approval;

import static org.assertj.core.api.Assertions.assertThat;

import io.governor.Action;
import io.governor.Agent;
import io.governor.Decision;
import io.governor.GovernedSession;
import io.governor.Governor;
import io.governor.Mode;
import io.governor.Rule;
import io.governor.ToolArguments;
import io.governor.ToolCall;
import io.governor.TraceSink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A process that is restarted in good order closes its governor; the person answers meanwhile. */
@Timeout(60)
class ClosedGovernorTest {

  private static final Duration TIMEOUT = Duration.ofMinutes(5);
  private static final ToolCall REFUND =
      ToolCall.of("refund.create", ToolArguments.ofJson("{\"order\": \"A-7\"}"));

  @TempDir Path root;

  private volatile Instant now = Requests.NOW;

  @AfterEach
  void nobodyLooksForAnswersAnyMore() {
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () ->
                Thread.getAllStackTraces().keySet().stream()
                    .noneMatch(thread -> thread.getName().equals("governor-approvals")));
  }

  private PendingApprovals pending() {
    return PendingApprovals.at(root, () -> now);
  }

  private Governor governor() {
    return Governor.builder()
        .agent(Agent.named("bot"))
        .trace(TraceSink.none())
        .clock(() -> now)
        .rules(Rule.named("ACME-101").tools("refund.*").mode(Mode.ENFORCE).ask())
        .approver(FileApprover.at(root, () -> now), TIMEOUT)
        .build();
  }

  private static Decision of(CompletableFuture<Decision> decision) throws Exception {
    return decision.get(30, TimeUnit.SECONDS);
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(root.resolve("approvals"))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private String askedAndClosed() throws Exception {
    Governor governor = governor();
    GovernedSession session = governor.session().open();
    CompletableFuture<Decision> decision = session.beforeAsync(REFUND).toCompletableFuture();
    String id = pending().list().questions().get(0).id();
    governor.close();
    assertThat(of(decision).message()).endsWith("and the governor was closed.");
    nobodyLooksForAnswersAnyMore();
    return id;
  }

  @Test
  void theQuestionStaysAndItsAnswerIsForTheSameCallOfTheNextOnce() throws Exception {
    String id = askedAndClosed();
    assertThat(files()).containsExactly(id + ".question.json");
    pending().allow(id);

    try (Governor next = governor();
        GovernedSession session = next.session().open()) {
      assertThat(session.before(REFUND).action()).isEqualTo(Action.PROCEED);
      assertThat(files()).isEmpty();
      CompletableFuture<Decision> again = session.beforeAsync(REFUND).toCompletableFuture();
      pending().deny(id);
      assertThat(of(again).refused()).isTrue();
    }
    assertThat(files()).isEmpty();
  }

  @Test
  void theQuestionGoesWhenItHasExpired() throws Exception {
    String id = askedAndClosed();
    pending().allow(id);
    now = now.plus(TIMEOUT);

    assertThat(pending().list().questions()).isEmpty();
    assertThat(files()).isEmpty();
  }

  /** The answer is taken by the call that waits, or by the next one; never by both. */
  @Test
  void aYesWhileTheGovernorClosesLetsAtMostOneCallRun() throws Exception {
    for (int round = 0; round < 25; round++) {
      Governor governor = governor();
      CompletableFuture<Decision> decision =
          governor.session().open().beforeAsync(REFUND).toCompletableFuture();
      String id = pending().list().questions().get(0).id();
      CompletableFuture<Void> close = CompletableFuture.runAsync(governor::close);
      pending().allow(id);
      close.get(30, TimeUnit.SECONDS);
      boolean ran = !of(decision).refused();
      nobodyLooksForAnswersAnyMore();

      CompletableFuture<Decision> again;
      try (Governor next = governor()) {
        again = next.session().open().beforeAsync(REFUND).toCompletableFuture();
      }
      boolean ranAgain = !of(again).refused();
      nobodyLooksForAnswersAnyMore();
      assertThat(ran && ranAgain).isFalse();
      for (String left : files()) {
        Files.delete(root.resolve("approvals").resolve(left));
      }
    }
  }
}
